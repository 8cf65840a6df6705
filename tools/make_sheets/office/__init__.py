"""Writers of office files: made sheets as DOCX and XLSX with drawn flow."""
