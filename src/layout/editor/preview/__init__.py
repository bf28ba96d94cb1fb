"""The preview: an issue in the browser, composed again after every save."""
