package page

// arrangement is a page divided into headings and passages, and which of the
// headings are headlines.
type arrangement struct {
	outline *outline
	choice  headlineChoice
	words   bigramNumbers // of the body text
}

// arrange decides where the headlines of a page are. Most pages have all of them on
// one side of their texts. Others have them on either side, or set two articles
// column by column in turn with both headlines after them; such a page is read as one
// only if that explains it better by itself.
func arrange(lb *labeller, pieces []piece) arrangement {
	lb.label(pieces)
	o := newOutline(pieces, lb.joiner)
	words := numberItems(o)
	s := newSeams(lb, o, words)
	if s.mayMix() {
		under, over, either := s.read(sideBelow), s.read(sideAbove), s.read(sideEither)
		best := max(under.score, over.score)
		if lb.use.has(kindInterleaved) && under.score >= max(over.score, either.score)-farBehind {
			regrouped, gain := regroup(lb, under)
			if regrouped != nil && under.score+gain > max(best, either.score) {
				return arrangeRegrouped(lb, regrouped)
			}
		}
		if lb.use.has(kindArticleSide) && either.score > best {
			return arrangement{o, either.choice(), words.bigramNumbers}
		}
	}
	w := newPassageWords(o, words, s)
	c := &chooser{o, observeHeadings(o, lb.layout, w, lb.use), lb.geo.indents, lb.use}
	return arrangement{o, c.choose(), words.bigramNumbers}
}

// arrangeRegrouped reads pieces that have been put in the order of their articles,
// each with its headline below it.
func arrangeRegrouped(lb *labeller, pieces []piece) arrangement {
	lb.label(pieces)
	o := newOutline(pieces, lb.joiner)
	words := numberItems(o)
	return arrangement{o, newSeams(lb, o, words).read(sideBelow).choice(), words.bigramNumbers}
}
