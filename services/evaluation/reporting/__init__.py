"""Documents of a review to print and to file: the result list and the notices, as PDF, Word and Excel."""
