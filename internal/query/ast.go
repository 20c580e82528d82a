package query

// Node is one node of a query's tree. String writes it in the query language;
// Parse of that gives an equal tree.
type Node interface {
	String() string
	node()
}

// And matches what all its nodes match. A *Not among them excludes.
type And struct{ Nodes []Node }

// Or matches what any of its nodes matches.
type Or struct{ Nodes []Node }

// Not excludes what its node matches. It is always a child of an And.
type Not struct{ Node Node }

// Word is one operand written without quotes: a word, a name, a part of a
// headline. Text is never empty and has no white space.
type Word struct{ Text string }

// Phrase matches texts that contain Text as it is, both folded.
type Phrase struct{ Text string }

// Near matches paragraphs with every word, in any order, and at most Distance
// characters between them that belong to none.
type Near struct {
	Words    []string
	Distance int
}

// Prefix matches runs of letters and digits that begin with Text.
type Prefix struct{ Text string }

// Field matches its node in one field only. Node is a Word, Phrase, Near,
// Prefix, or an And, Or or Not of those.
type Field struct {
	Name FieldName
	Node Node
}

// DateRange matches articles dated From to To, both included (YYYY-MM-DD).
type DateRange struct{ From, To string }

// FieldName is the English name of a field.
type FieldName string

// The fields a query can name.
const (
	Title       FieldName = "title"
	Section     FieldName = "section"
	Source      FieldName = "source"
	Byline      FieldName = "byline"
	Publication FieldName = "publication"
	Page        FieldName = "page"
	PageName    FieldName = "page_name"
	Kind        FieldName = "kind"
)

func (*And) node()       {}
func (*Or) node()        {}
func (*Not) node()       {}
func (*Word) node()      {}
func (*Phrase) node()    {}
func (*Near) node()      {}
func (*Prefix) node()    {}
func (*Field) node()     {}
func (*DateRange) node() {}
