package engine

import (
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// Condition is what a plan asks of articles, for an index that is not read by posting lists. By
// article it is asked of each item of a round-up, with the article's title, and of any other
// article as a whole; by paragraph of each paragraph.
type Condition interface{ condition() }

// The conditions. A zone is where a text must be.
type (
	// AllOf is all of several conditions; none of them is a condition that nothing meets.
	AllOf []Condition
	// AnyOf is one of several conditions.
	AnyOf []Condition
	// NotOf excludes whole articles.
	NotOf struct{ Condition Condition }
	// TogetherOf is an operand in one text: one of its variants, or a name in the byline.
	TogetherOf struct {
		Zone     Zone
		Variants []Variant
		Name     string // in joined form, that an article with it in its byline meets too; "" for none
	}
	// UnitsOf is units in any texts: all of them, or enough of them.
	UnitsOf struct {
		Zone     Zone
		Units    []UnitSet // each different one once
		Required bool      // all of them
		Name     string    // as of TogetherOf
	}
	// PhraseOf is a text in normal form, as it is.
	PhraseOf struct {
		Zone Zone
		Text string
	}
	// NearOf is words in normal form, which may overlap, in one text.
	NearOf struct {
		Zone     Zone
		Words    []string
		Distance int // the most characters between them that belong to none
	}
	// ProximityOf is two operands in a relation.
	ProximityOf struct {
		Zone        Zone
		Left, Right Operand
		Relation    query.Relation
		Distance    int
	}
	// OccurrencesOf is an operand that occurs several times in the zone of an article, by
	// paragraph of a paragraph.
	OccurrencesOf struct {
		Zone    Zone
		Operand Operand
		Min     int
	}
	// PrefixOf is a run of letters or digits, or a gram, that begins with a text in normal form.
	PrefixOf struct {
		Zone Zone
		Text string
	}
	// ValueOf is a document whose value of a field contains a text, or is it. Both are in normal
	// form.
	ValueOf struct {
		Field string
		Text  string
		Is    bool
	}
	// DocumentOf is a condition on the values of one document: the parts of an AllOf are about the
	// same paragraph. It holds for a whole article.
	DocumentOf struct{ Condition Condition }
	// DateOf is a day, both ends included; one may be "".
	DateOf struct{ From, To string }
	// LengthOf is the number of characters of an article's paragraphs, both ends included; Max may
	// be 0.
	LengthOf struct{ Min, Max int }
)

func (AllOf) condition()         {}
func (AnyOf) condition()         {}
func (NotOf) condition()         {}
func (TogetherOf) condition()    {}
func (UnitsOf) condition()       {}
func (PhraseOf) condition()      {}
func (NearOf) condition()        {}
func (ProximityOf) condition()   {}
func (OccurrencesOf) condition() {}
func (PrefixOf) condition()      {}
func (ValueOf) condition()       {}
func (DocumentOf) condition()    {}
func (DateOf) condition()        {}
func (LengthOf) condition()      {}

// Zone is the part of an article in which a text must be.
type Zone string

// The zones.
const (
	InArticle Zone = "article" // titles, section headings and paragraphs; by paragraph, paragraphs
	InTitle   Zone = "title"   // title, kicker, subtitle
	InSection Zone = "section" // section headings
	InLead    Zone = "lead"    // titles and the first paragraph
)

var zones = map[zone]Zone{anywhere: InArticle, inTitle: InTitle, inSection: InSection, inLead: InLead}

// Variant is a text by which an operand is found, in joined form: contiguous, with boundaries
// (textnorm.Joined) at both ends, or its words near one another in one sentence.
type Variant struct {
	Text  string
	Uncut bool     // it must not cut a number
	Near  []string // the words that may be near one another instead, none of which cuts a number; nil for none
	Most  int      // the most characters between them
}

// UnitSet is what one unit of a bag is met by: all grams of the unit in one document, the unit as a
// word there, or synonyms instead.
type UnitSet struct {
	Unit     Unit
	Synonyms [][][]Unit // for each time that the bag has the unit, the synonyms, each of units; nil for none
}

// Unit is a unit in joined form with its grams (analyzer.WordGrams).
type Unit struct {
	Text  string
	Grams []string
}

// Operand is an operand that is found as a whole only: a word in joined form, or a phrase in normal
// form.
type Operand struct {
	Text   string
	IsWord bool
}

// Conditions compiles a query as a search does. A query of nil has a condition of nil, which everything
// meets.
func Conditions(q query.Node, s Segmenter, match search.Matching) (Condition, error) {
	p, err := compile(q, s, match)
	if err != nil || p.root == nil {
		return nil, err
	}
	return p.root.condition(), nil
}

func conditionsOf(nodes []node) []Condition {
	out := make([]Condition, len(nodes))
	for i, n := range nodes {
		out[i] = n.condition()
	}
	return out
}

func (n andNode) condition() Condition { return AllOf(conditionsOf(n)) }
func (n orNode) condition() Condition  { return AnyOf(conditionsOf(n)) }
func (n notNode) condition() Condition { return NotOf{n.node.condition()} }

func (n *togetherNode) condition() Condition {
	out := TogetherOf{Zone: zones[n.zone]}
	if n.zone == anywhere {
		out.Name = n.variants[0].text
	}
	for _, v := range n.variants {
		exported := Variant{Text: v.text, Uncut: v.uncut, Most: v.nearDistance()}
		for _, p := range v.near {
			exported.Near = append(exported.Near, p.text)
		}
		out.Variants = append(out.Variants, exported)
	}
	return out
}

func (n *bagNode) condition() Condition {
	out := UnitsOf{Zone: zones[n.zone], Required: n.required}
	if n.zone == anywhere {
		out.Name = n.name
	}
	for _, u := range distinct(n.units) {
		set := UnitSet{Unit: u.export()}
		for i, other := range n.units {
			if other.text != u.text {
				continue
			}
			var instead [][]Unit
			for _, syn := range n.synonyms {
				if syn.from <= i && i < syn.to {
					instead = append(instead, exportUnits(syn.units))
				}
			}
			set.Synonyms = append(set.Synonyms, instead)
		}
		out.Units = append(out.Units, set)
	}
	return out
}

func (u unit) export() Unit { return Unit{u.text, u.grams} }

func exportUnits(units []unit) []Unit {
	out := make([]Unit, len(units))
	for i, u := range units {
		out[i] = u.export()
	}
	return out
}

func (n *phraseNode) condition() Condition { return PhraseOf{zones[n.zone], n.text} }

func (n *nearNode) condition() Condition {
	return NearOf{Zone: zones[n.zone], Words: n.words, Distance: n.distance}
}

func (n *proximityNode) condition() Condition {
	return ProximityOf{
		Zone: zones[n.zone], Left: n.left.export(), Right: n.right.export(), Relation: n.relation, Distance: n.distance,
	}
}

func (n *occurrencesNode) condition() Condition {
	return OccurrencesOf{Zone: zones[n.zone], Operand: n.operand.export(), Min: n.min}
}

func (c contiguous) export() Operand {
	if c.word != nil {
		return Operand{Text: c.word.text, IsWord: true}
	}
	return Operand{Text: c.text}
}

func (n *prefixNode) condition() Condition { return PrefixOf{zones[n.zone], n.text} }

func (n documentsNode) condition() Condition { return DocumentOf{n.test.condition()} }

func (t dateTest) condition() Condition   { return DateOf{t.from, t.to} }
func (t lengthTest) condition() Condition { return LengthOf{t.min, t.max} }
func (t valueTest) condition() Condition {
	return ValueOf{Field: t.field, Text: t.text, Is: t.exact}
}

func (t allTests) condition() Condition   { return AllOf(testConditions(t)) }
func (t anyTest) condition() Condition    { return AnyOf(testConditions(t)) }
func (t failedTest) condition() Condition { return NotOf{t.test.condition()} }

func testConditions(tests []documentTest) []Condition {
	out := make([]Condition, len(tests))
	for i, t := range tests {
		out[i] = t.condition()
	}
	return out
}

// HasEndMark reports whether a gram is a Han character alone, of which any document has it that has the
// character.
func HasEndMark(gram string) bool { return isEndGram(gram) }

// Term is a term of a channel (Words, Grams or Operands).
type Term struct{ Channel, Text string }

// Needs returns the terms whose frequencies the scores of a query depend on, and its bags of words.
func Needs(q query.Node, s Segmenter, match search.Matching) (terms []Term, bags []UnitsOf, err error) {
	p, err := compile(q, s, match)
	if err != nil {
		return nil, nil, err
	}
	seen := map[Term]bool{}
	add := func(t Term) {
		if !seen[t] {
			seen[t] = true
			terms = append(terms, t)
		}
	}
	addOperand := func(o *operand) {
		for _, c := range o.channels() {
			for _, text := range c.terms {
				add(Term{c.name, text})
			}
		}
	}
	for _, o := range p.operands {
		addOperand(o)
		for _, syn := range o.synonyms {
			addOperand(syn.part)
			addOperand(syn.word)
			for _, g := range syn.units[0].grams {
				add(Term{Grams, g})
			}
		}
	}
	for _, bag := range p.bags {
		bags = append(bags, bag.condition().(UnitsOf))
	}
	return terms, bags, nil
}

// InnerGrams returns the grams that every document has which has a text of the channel Operands.
func InnerGrams(text string) []string { return innerGrams(text) }
