package scorchplugin

import (
	"github.com/RoaringBitmap/roaring/v2"
	indexapi "github.com/blevesearch/bleve_index_api"
	segmentapi "github.com/blevesearch/scorch_segment_api/v2"

	"xunwen/internal/segment"
)

// dictionary implements segmentapi.TermDictionary.
type dictionary struct{ field *segment.Field }

func (d *dictionary) Cardinality() int { return d.field.Len() }

func (d *dictionary) Contains(term []byte) (bool, error) {
	_, found, err := d.field.Lookup(string(term))
	return found, err
}

func (d *dictionary) PostingsList(
	term []byte, except *roaring.Bitmap, before segmentapi.PostingsList,
) (segmentapi.PostingsList, error) {
	found, ok, err := d.field.Lookup(string(term))
	if ok {
		err = found.Check() // as some methods of the list can't return an error
	}
	if err != nil {
		return nil, err
	}
	list, ok := before.(*postingsList)
	if !ok {
		list = &postingsList{}
	}
	*list = postingsList{field: d.field, term: found, except: except}
	return list, nil
}

// AutomatonIterator iterates over the terms that an automaton accepts; nil accepts all.
func (d *dictionary) AutomatonIterator(a segmentapi.Automaton, start, end []byte) segmentapi.DictionaryIterator {
	it := &dictionaryIterator{terms: d.field.Terms(string(start), string(end)), automaton: a}
	if a != nil {
		it.states = []int{a.Start()}
		it.fuzzy, _ = a.(fuzzyAutomaton)
	}
	return it
}

// fuzzyAutomaton is an automaton that knows how far a term is from what it looks for.
type fuzzyAutomaton interface{ EditDistance(state int) uint8 }

// dictionaryIterator implements segmentapi.DictionaryIterator.
type dictionaryIterator struct {
	terms     *segment.TermIterator
	automaton segmentapi.Automaton
	fuzzy     fuzzyAutomaton
	states    []int // after each byte of the term that was read last, as far as it was read
	last      []byte
	done      bool // no further term can match
	entry     indexapi.DictEntry
}

func (it *dictionaryIterator) Next() (*indexapi.DictEntry, error) {
	for !it.done && it.terms.Next() {
		term := it.terms.Bytes()
		if !it.accepts(term) {
			continue
		}
		it.entry = indexapi.DictEntry{Term: string(term), Count: uint64(it.terms.Term().Documents)}
		if it.fuzzy != nil {
			it.entry.EditDistance = it.fuzzy.EditDistance(it.states[len(it.states)-1])
		}
		return &it.entry, nil
	}
	return nil, it.terms.Err()
}

// accepts reports whether the automaton accepts a term. It reads only what differs from the
// last term. When no term with the same beginning can match, it moves the iterator past them.
func (it *dictionaryIterator) accepts(term []byte) bool {
	a := it.automaton
	if a == nil {
		return true
	}
	shared := 0
	for shared < min(len(term), len(it.last), len(it.states)-1) && term[shared] == it.last[shared] {
		shared++
	}
	it.states = it.states[:shared+1]
	it.last = append(it.last[:0], term...)
	for i := shared; ; i++ {
		state := it.states[i]
		if !a.CanMatch(state) {
			after, exists := successor(term[:i])
			if it.done = !exists; exists {
				it.terms.Seek(after)
			}
			return false
		}
		if i == len(term) {
			return a.IsMatch(state)
		}
		it.states = append(it.states, a.Accept(state, term[i]))
	}
}

// successor returns the first string after all that begin with prefix.
func successor(prefix []byte) (after string, exists bool) {
	for i := len(prefix) - 1; i >= 0; i-- {
		if prefix[i] < 0xff {
			return string(append(append([]byte(nil), prefix[:i]...), prefix[i]+1)), true
		}
	}
	return "", false
}
