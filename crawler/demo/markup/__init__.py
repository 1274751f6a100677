"""The demo's pages, one module and one HTML frame per markup; each module has `article` and `listing`."""
