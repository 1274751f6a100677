"""Why a page is no article, told by what it shows and says."""
