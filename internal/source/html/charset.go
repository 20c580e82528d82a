package html

import "regexp"

// declarationSize is how far into a page a declaration of its encoding is looked
// for. The standard says 1,024 bytes; real pages put scripts first.
const declarationSize = 4096

var declaration = regexp.MustCompile(`(?i)<(?:meta\s[^>]*?charset|\?xml\s[^>]*?encoding)\s*=\s*["']?\s*([a-z0-9_:.-]+)`)

// DeclaredCharset returns the name in the page's <meta charset>, or "". The
// caller decides how far to trust it.
func DeclaredCharset(page []byte) string {
	m := declaration.FindSubmatch(page[:min(len(page), declarationSize)])
	if m == nil {
		return ""
	}
	return string(m[1])
}
