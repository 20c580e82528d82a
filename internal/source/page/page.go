package page

import (
	"fmt"

	"xunwen/internal/news"
)

// Result is the content of a page.
type Result struct {
	Articles  []news.Article
	Furniture Furniture
	Blocks    []Block // every non-blank line of the page, in order
}

// Role is the role of a block on the page.
type Role string

// The roles of blocks.
const (
	RoleBody      Role = "body"
	RoleTitle     Role = "title"
	RoleKicker    Role = "kicker"
	RoleSubtitle  Role = "subtitle"
	RoleSection   Role = "section"
	RoleCaption   Role = "caption"
	RoleTable     Role = "table"
	RoleByline    Role = "byline"
	RoleFurniture Role = "furniture"
	RoleUnread    Role = "unread" // in no record
)

// Block explains a run of lines: what it was read as, and why.
type Block struct {
	FirstLine int    `json:"first_line"` // from 1
	LastLine  int    `json:"last_line"`
	Role      Role   `json:"role"`
	Article   int    `json:"article"` // from 1; 0 for none
	Reason    string `json:"reason"`
	Text      string `json:"text"`
	Removed   string `json:"removed,omitempty"` // trimmed from the text: source, byline, jump line
}

// NoArticleError reports that a page has no article.
type NoArticleError struct {
	Line   int // the first line that is not part of one
	Reason string
}

func (e *NoArticleError) Error() string {
	return fmt.Sprintf("line %d: no article on the page: %s", e.Line, e.Reason)
}

// Parse reads the text of one page. The error, if any, is a *NoArticleError; the
// Result then still has furniture and blocks.
func Parse(text string) (Result, error) { return parse(text, everyKind) }

// parse reads a page with some kinds of evidence: the lines and how they are set,
// the pieces that they make, the labels of the pieces, the headlines among the
// headings, the articles. Each step takes only what earlier ones found.
func parse(text string, use evidenceKinds) (Result, error) {
	page := newLayout(text)
	pieces, furniture := splitPieces(page)
	measurePieces(page, pieces, use)
	a := arrange(&labeller{page, measureFill(page, pieces), use}, pieces)
	return assemble(page.pageLines, a, furniture)
}
