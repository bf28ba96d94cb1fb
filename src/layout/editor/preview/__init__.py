"""The preview: an issue in the browser, composed again at every save."""
