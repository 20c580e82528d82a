package neardup

import (
	"context"
	"math"
	"slices"

	"xunwen/internal/news"
)

// Change is how articles differ from those that were grouped before.
type Change struct {
	Signatures []Signature // by article, all there are now
	Group      []uint32    // by article: the first of its group, as numbered before; or NoGroup
	State      State       // before, with the present numbers; new articles lead nothing
	Removed    []Removed   // ascending by At
	New        []uint32    // ascending; the others keep their order, and these follow them
}

// NoGroup is the group of a new article.
const NoGroup = math.MaxUint32

// Removed is an article that there was before.
type Removed struct {
	Signature
	At    uint32 // how many of the articles before it there are still
	Leads bool
}

// Regroup returns what Groups would for all articles, and reads only a few. It passes a few
// times over the signatures and otherwise deals with the articles that the change concerns:
// those which share so many hashes with a leader that appears or vanishes that it is or was a
// candidate of theirs, and in turn those of leaders which these become or were.
func (c Comparer) Regroup(
	ctx context.Context, change Change, read func(int) (news.Article, error),
) (groups []uint32, state State, err error) {
	r := &regrouping{
		comparison: c.comparison(change.Signatures, read, change.State.Pairs),
		Change:     change,
		texts:      map[uint64]*changedText{},
		done:       map[uint32]bool{},
		pending:    map[uint32]bool{},
		group:      make([]uint32, len(change.Signatures)),
	}
	r.findTexts()
	r.lists = newHashLists(change.Signatures, change.State)
	r.nameGroups()
	r.begin()
	for len(r.queue) > 0 {
		if err := ctx.Err(); err != nil {
			return nil, State{}, err
		}
		if err := r.assign(r.next()); err != nil {
			return nil, State{}, err
		}
	}
	r.groupEqual()
	return firstMembers(r.group), State{r.pairs(), r.State.Leads, r.lists.fullHashes()}, nil
}

// regrouping is one call of Regroup.
type regrouping struct {
	comparison
	Change
	lists *hashLists
	texts map[uint64]*changedText // those of new and removed articles, by hash
	group []uint32                // by article, the leader of its group

	queue   []uint32        // articles to assign again, a heap by their keys
	pending map[uint32]bool // those of queue
	done    map[uint32]bool // those that were assigned again
}

// changedText is a text that new or removed articles have.
type changedText struct {
	before, now int // number of articles
	removed     *Removed
	first       uint32 // the first article that has it now, if any has
}

// nameGroups names groups by their leaders. If one was removed, its members are assigned again.
func (r *regrouping) nameGroups() {
	leaders := slices.Repeat([]uint32{NoGroup}, len(r.Signatures)+len(r.Removed))
	for i, g := range r.Group {
		if g != NoGroup && (leaders[g] == NoGroup || r.State.Leads[i]) {
			leaders[g] = uint32(i)
		}
	}
	for i, g := range r.Group {
		if r.group[i] = uint32(i); g != NoGroup {
			r.group[i] = leaders[g]
		}
	}
}

// findTexts finds the articles with the texts of new and removed ones.
func (r *regrouping) findTexts() {
	for i := range r.Removed {
		removed := &r.Removed[i]
		t := r.text(removed.hash)
		if t.removed == nil {
			t.removed = removed
		}
		t.before++
	}
	for _, i := range r.New {
		r.text(r.Signatures[i].hash)
	}
	isNew := r.New
	for i := range r.Signatures {
		t := r.texts[r.Signatures[i].hash]
		if t == nil {
			continue
		}
		for len(isNew) > 0 && isNew[0] < uint32(i) {
			isNew = isNew[1:]
		}
		added := len(isNew) > 0 && isNew[0] == uint32(i)
		if t.now == 0 {
			t.first = uint32(i)
		}
		t.now++
		if !added {
			t.before++
		}
	}
	for _, t := range r.texts {
		if t.isReplaced() && t.removed.Leads {
			r.State.Leads[t.first] = true
		}
	}
}

// isReplaced reports whether another article stands for the text than before.
func (t *changedText) isReplaced() bool {
	return t.now > 0 && t.removed != nil && t.removed.At <= t.first
}

func (r *regrouping) text(hash uint64) *changedText {
	t := r.texts[hash]
	if t == nil {
		t = &changedText{}
		r.texts[hash] = t
	}
	return t
}

// begin queues the articles that the change concerns at first.
func (r *regrouping) begin() {
	for _, t := range r.texts {
		r.beginText(t)
	}
}

func (r *regrouping) signatureOf(t *changedText) *Signature {
	if t.now > 0 {
		return &r.Signatures[t.first]
	}
	return &t.removed.Signature
}

// beginText compares the article that stood for a text with the one that does now.
func (r *regrouping) beginText(t *changedText) {
	s := r.signatureOf(t)
	if s.size == 0 {
		return // it has no part in grouping by shingles
	}
	switch {
	case t.before == 0:
		r.push(t.first)
	case t.now == 0 && t.removed.Leads:
		r.lists.concerned(s, r.push)
	case t.isReplaced(): // by one that may have another title, which makes another similarity
		r.push(t.first)
		if r.State.Leads[t.first] {
			r.lists.concerned(s, r.push)
		}
	}
	if (t.before == 0) == (t.now == 0) {
		return
	}
	for _, h := range s.least {
		if h != unused {
			r.countChanged(h)
		}
	}
}

// countChanged queues the article that shared a hash only with new or removed ones.
func (r *regrouping) countChanged(hash uint32) {
	only, found := uint32(0), 0
	for _, a := range r.lists.list(hash).articles {
		if t := r.texts[r.Signatures[a].hash]; t != nil && t.before == 0 {
			continue
		}
		if only, found = a, found+1; found > 1 {
			return
		}
	}
	if found == 1 {
		r.push(only)
	}
}

// assign adds an article to the group of the most similar leader, or makes it a leader.
func (r *regrouping) assign(article uint32) error {
	r.done[article] = true
	s := &r.Signatures[article]
	leads, leader := false, article
	if shared := r.lists.shared(s); shared >= minShared {
		best := 0.0
		for _, c := range r.lists.candidates(s, shared) {
			mean, err := r.mean(article, c)
			if err != nil {
				return err
			}
			if mean > best || mean > 0 && mean == best && r.Signatures[c].key().before(r.Signatures[leader].key()) {
				best, leader = mean, c
			}
		}
		leads = leader == article
	}
	r.group[article] = leader
	if leads != r.State.Leads[article] {
		r.lists.lead(article, leads)
		r.lists.concerned(s, r.push)
	}
	return nil
}

// groupEqual puts the articles of each text whose group may have changed into one.
func (r *regrouping) groupEqual() {
	first := map[uint64]uint32{}
	for a := range r.done {
		first[r.Signatures[a].hash] = a
	}
	for hash, t := range r.texts {
		if t.now > 0 {
			first[hash] = t.first
		}
	}
	for i := range r.group {
		if f, ok := first[r.Signatures[i].hash]; ok {
			r.group[i] = r.group[f]
		}
	}
}

// pairs returns what was compared: now, or before between articles whose groups were not looked
// for again.
func (r *regrouping) pairs() []Compared {
	out := slices.Clone(r.found)
	for _, p := range r.known {
		last := p.B
		if r.Signatures[p.B].key().before(r.Signatures[p.A].key()) {
			last = p.A
		}
		if !r.done[last] {
			out = append(out, p)
		}
	}
	return sortPairs(out)
}
