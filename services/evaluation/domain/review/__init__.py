"""The review (评审): from frozen ratings over publicity, objections and a committee's votes to classes that bind."""
