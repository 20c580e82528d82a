package html

// A page says the same thing in several places, and not all of them are right. The
// value of a member is therefore decided by evidence: each place that names a value
// is a candidate with a weight, how often such places are right, and equal values
// strengthen one another.

type candidate struct {
	text   string
	weight float64 // 0 to 1
}

// evidence collects the candidates for one member of the record.
type evidence struct{ all []candidate }

// add adds a candidate; the weights w and v of equal ones become 1-(1-w)(1-v), as if
// they were independent. "" is none.
func (e *evidence) add(text string, weight float64) {
	if text == "" || weight <= 0 {
		return
	}
	for i := range e.all {
		if e.all[i].text == text {
			e.all[i].weight = 1 - (1-e.all[i].weight)*(1-weight)
			return
		}
	}
	e.all = append(e.all, candidate{text, weight})
}

// atLeast adds a candidate that is seen in a place where it may have been counted.
func (e *evidence) atLeast(text string, weight float64) {
	for i := range e.all {
		if e.all[i].text == text {
			e.all[i].weight = max(e.all[i].weight, weight)
			return
		}
	}
	e.add(text, weight)
}

// best returns the candidate with the highest weight, the first of equal ones, and
// how sure it is: less if another is nearly as good. "" has confidence 0.
func (e *evidence) best() (text string, confidence float64) {
	var first, second candidate
	for _, c := range e.all {
		switch {
		case c.weight > first.weight:
			first, second = c, first
		case c.weight > second.weight:
			second = c
		}
	}
	return first.text, first.weight * (1 - doubt*second.weight)
}

// doubt is by how much a second candidate as good as the first lowers confidence.
const doubt = 0.4
