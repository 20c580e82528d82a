package neardup

import (
	"cmp"
	"slices"

	"golang.org/x/sync/errgroup"
)

// hashLists has the articles of some hashes, collected when they are needed, and of each hash
// the leaders. Of equal texts it has the first article only.
type hashLists struct {
	signatures []Signature
	leads      []bool
	of         map[uint32]*hashList
	full       map[uint32]TextKey // by hash, as FullHash; also of hashes that are not collected

	sharedCount []uint8  // by article
	touched     []uint32 // those whose sharedCount is not 0
	keyed       []keyed  // for complete
}

// hashList has the articles of a hash in the order of their keys.
type hashList struct{ articles, leaders []uint32 }

func newHashLists(signatures []Signature, s State) *hashLists {
	l := &hashLists{signatures: signatures, leads: s.Leads, of: map[uint32]*hashList{},
		full: make(map[uint32]TextKey, len(s.Full)), sharedCount: make([]uint8, len(signatures))}
	for _, f := range s.Full {
		l.full[f.Hash] = f.Last
	}
	return l
}

// fullHashes lists full.
func (l *hashLists) fullHashes() []FullHash {
	out := make([]FullHash, 0, len(l.full))
	for hash, last := range l.full {
		out = append(out, FullHash{hash, last})
	}
	slices.SortFunc(out, func(a, b FullHash) int { return cmp.Compare(a.Hash, b.Hash) })
	return out
}

// has reports whether the lists of all hashes of a signature are collected.
func (l *hashLists) has(s *Signature) bool {
	return !slices.ContainsFunc(s.least[:], func(h uint32) bool { return h != unused && l.of[h] == nil })
}

// scanners is how many goroutines pass over the signatures.
const scanners = 2

// collect collects the lists of hashes that are not collected yet, in one pass over the
// signatures.
func (l *hashLists) collect(hashes []uint32) {
	wanted := newHashFilter(len(hashes))
	for _, h := range hashes {
		if h != unused && l.of[h] == nil {
			l.of[h] = &hashList{}
			wanted.add(h)
		}
	}
	var found [scanners]map[uint32][]uint32 // by hash, the articles in a part of all
	var g errgroup.Group
	for k := range found {
		from, to := len(l.signatures)*k/scanners, len(l.signatures)*(k+1)/scanners
		g.Go(func() error { found[k] = l.scan(from, to, &wanted); return nil })
	}
	g.Wait() // nothing fails
	for _, part := range found {
		for h, articles := range part {
			l.of[h].articles = append(l.of[h].articles, articles...)
		}
	}
	for _, part := range found {
		for h := range part {
			if list := l.of[h]; list.leaders == nil {
				l.complete(list)
			}
		}
	}
}

// scan returns the articles from a number to another that have wanted hashes.
func (l *hashLists) scan(from, to int, wanted *hashFilter) map[uint32][]uint32 {
	found := map[uint32][]uint32{}
	for i := from; i < to; i++ {
		s := &l.signatures[i]
		if s.size == 0 {
			continue
		}
		for _, h := range s.least {
			if wanted.mayHave(h) && wanted.has(h) {
				found[h] = append(found[h], uint32(i))
			}
		}
	}
	return found
}

// keyed is an article with its key, which would be read from far away for each comparison.
type keyed struct {
	TextKey
	article uint32
}

// complete sorts a list and finds its leaders.
func (l *hashLists) complete(list *hashList) {
	l.keyed = l.keyed[:0]
	for _, a := range list.articles {
		l.keyed = append(l.keyed, keyed{l.signatures[a].key(), a})
	}
	slices.SortFunc(l.keyed, func(a, b keyed) int {
		return cmp.Or(a.compare(b.TextKey), cmp.Compare(a.article, b.article))
	})
	list.articles, list.leaders = list.articles[:0], []uint32{}
	for i, k := range l.keyed {
		if i > 0 && k.TextKey == l.keyed[i-1].TextKey {
			continue // of equal texts the first article counts
		}
		list.articles = append(list.articles, k.article)
		if l.leads[k.article] {
			list.leaders = append(list.leaders, k.article)
		}
	}
}

func (l *hashLists) compare(a, b uint32) int {
	return l.signatures[a].key().compare(l.signatures[b].key())
}

// after returns the index of the first of articles after a key.
func (l *hashLists) after(articles []uint32, key TextKey) int {
	at, found := slices.BinarySearchFunc(articles, key, func(a uint32, key TextKey) int {
		return l.signatures[a].key().compare(key)
	})
	if found {
		at++
	}
	return at
}

// lastLeader returns the key of the last leader of a hash that counts, lastKey while there are
// fewer than maxLeaders.
func (l *hashLists) lastLeader(hash uint32) TextKey {
	if key, ok := l.full[hash]; ok {
		return key
	}
	return lastKey
}

// shared counts the hashes that a signature has in common with others.
func (l *hashLists) shared(s *Signature) int {
	n := 0
	for _, h := range s.least {
		if h != unused && len(l.of[h].articles) > 1 {
			n++
		}
	}
	return n
}

// candidates is leaders.candidates: it lists the leaders before an article that have most hashes
// in common with it, which has so many in common with any.
func (l *hashLists) candidates(s *Signature, shared int) []uint32 {
	rare, key := 0, s.key()
	for _, h := range s.least {
		if h == unused || len(l.of[h].articles) < 2 || l.lastLeader(h).before(key) {
			continue
		}
		rare++
		for _, a := range l.of[h].leaders {
			if !l.signatures[a].key().before(key) {
				break
			}
			l.share(a)
		}
	}
	var out []uint32
	for _, a := range l.touched {
		if int(l.sharedCount[a])*shared >= minShared*rare {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b uint32) int {
		if x, y := l.sharedCount[a], l.sharedCount[b]; x != y {
			return int(y) - int(x)
		}
		return l.compare(a, b)
	})
	l.forget()
	return out[:min(len(out), maxCompared)]
}

func (l *hashLists) share(article uint32) {
	if l.sharedCount[article] == 0 {
		l.touched = append(l.touched, article)
	}
	l.sharedCount[article]++
}

func (l *hashLists) forget() {
	for _, a := range l.touched {
		l.sharedCount[a] = 0
	}
	l.touched = l.touched[:0]
}

// lead puts an article among the leaders of its hashes, or takes it away, as leads says.
func (l *hashLists) lead(article uint32) {
	s := &l.signatures[article]
	for _, h := range s.least {
		list := l.of[h]
		if h == unused {
			continue
		}
		at := l.after(list.leaders, s.key())
		if l.leads[article] {
			list.leaders = slices.Insert(list.leaders, at, article)
		} else {
			list.leaders = slices.Delete(list.leaders, at-1, at)
		}
	}
}

// concerned calls visit with each article of which a leader with a signature, that has come or
// gone, is or was a candidate, and with more.
func (l *hashLists) concerned(s *Signature, visit func(article uint32)) {
	key := s.key()
	for _, h := range s.least {
		if h == unused {
			continue
		}
		list, before := l.of[h], l.lastLeader(h)
		delete(l.full, h)
		if len(list.leaders) >= maxLeaders {
			l.full[h] = l.signatures[list.leaders[maxLeaders-1]].key()
		}
		first, last := l.lastLeader(h), before
		if last.before(first) {
			first, last = last, first
		}
		if last.before(key) {
			continue // there are enough leaders before this one
		}
		end := l.after(list.articles, last)
		for _, a := range list.articles[l.after(list.articles, first):end] {
			visit(a) // which the hash did or does not count for
		}
		for _, a := range list.articles[min(l.after(list.articles, key), end):end] {
			l.share(a)
		}
	}
	for _, a := range l.touched {
		if int(l.sharedCount[a])+l.fullOf(a) >= minShared {
			visit(a)
		}
	}
	l.forget()
}

// fullOf counts the hashes of an article that have enough leaders before it.
func (l *hashLists) fullOf(article uint32) int {
	s, n := &l.signatures[article], 0
	for _, h := range s.least {
		if last, ok := l.full[h]; ok && last.before(s.key()) {
			n++
		}
	}
	return n
}
