package jsonl

import "io"

// controls replaces control characters in strings, which JSON requires to be escaped and many
// programs don't escape, by spaces.
type controls struct {
	in      io.Reader
	quoted  bool
	escaped bool
}

func (c *controls) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	for i, b := range p[:n] {
		switch {
		case !c.quoted:
			c.quoted = b == '"'
			if isControl(rune(b)) && b != '\n' {
				p[i] = ' '
			}
		case c.escaped:
			c.escaped = false
		case b == '\\':
			c.escaped = true
		case b == '"':
			c.quoted = false
		case isControl(rune(b)):
			p[i] = ' '
		}
	}
	return n, err
}
