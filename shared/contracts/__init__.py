"""The published language (发布语言): every event the services tell each other. Imports nothing of ours."""
