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

// Proximity matches texts in which two operands are in a relation. Left and Right
// are each a *Word or *Phrase.
type Proximity struct {
	Left, Right Node
	Relation    Relation
	// Distance is the most characters between the two for Within and Before. For
	// SameSentence and SameParagraph it is how many sentences or paragraphs apart they
	// may be, 0 for the same one.
	Distance int
}

// Relation is what a Proximity asks of its two operands.
type Relation string

// The relations, named by their operators.
const (
	Within        Relation = "NEAR" // in either order
	Before        Relation = "PREV" // Left before Right
	SameSentence  Relation = "SEN"  // in one sentence, or in sentences close to each other
	SameParagraph Relation = "PRG"  // in one paragraph, or in paragraphs close to each other
)

// Occurrences matches articles in which Node occurs at least Min times. Node is a
// *Word or *Phrase, Min at least 1.
type Occurrences struct {
	Node Node
	Min  int
}

// Length matches articles whose paragraphs have Min to Max characters in all, both
// included; 0 is no bound.
type Length struct{ Min, Max int }

// Field matches its node in one field only. Node is a Word, Phrase, Near, Proximity,
// Occurrences, Prefix, or an And, Or or Not of those.
type Field struct {
	Name FieldName
	Node Node
}

// DateRange matches articles dated From to To, both included (YYYY-MM-DD). One of
// them may be empty: the range is open at that end.
type DateRange struct{ From, To string }

// FieldName is the English name of a field.
type FieldName string

// The fields a query can name.
const (
	Title       FieldName = "title"
	Lead        FieldName = "lead" // the title and the first paragraph
	Section     FieldName = "section"
	Source      FieldName = "source"
	Byline      FieldName = "byline"
	Publication FieldName = "publication"
	Page        FieldName = "page"
	PageName    FieldName = "page_name"
	Kind        FieldName = "kind"
)

// AllWords returns a node that requires all words; nil for none.
func AllWords(words []string) Node {
	nodes := make([]Node, len(words))
	for i, word := range words {
		nodes[i] = &Word{Text: word}
	}
	return all(nodes)
}

// all returns a node that requires all nodes; nil for none.
func all(nodes []Node) Node {
	switch len(nodes) {
	case 0:
		return nil
	case 1:
		return nodes[0]
	}
	return &And{Nodes: nodes}
}

func (*And) node()         {}
func (*Or) node()          {}
func (*Not) node()         {}
func (*Word) node()        {}
func (*Phrase) node()      {}
func (*Near) node()        {}
func (*Proximity) node()   {}
func (*Occurrences) node() {}
func (*Prefix) node()      {}
func (*Field) node()       {}
func (*DateRange) node()   {}
func (*Length) node()      {}
