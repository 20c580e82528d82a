package html

import "regexp"

// declarationSize is how far into a page its encoding is looked for. The
// standard says 1,024 bytes; real pages put scripts first.
const declarationSize = 4096

var declaration = regexp.MustCompile(`(?i)<(?:meta\s[^>]*?charset|\?xml\s[^>]*?encoding)\s*=\s*["']?\s*([a-z0-9_:.-]+)`)

// DeclaredCharset is the name in the page's <meta charset>, or "". How far it
// is to be believed is for others to say.
func DeclaredCharset(page []byte) string {
	m := declaration.FindSubmatch(page[:min(len(page), declarationSize)])
	if m == nil {
		return ""
	}
	return string(m[1])
}
