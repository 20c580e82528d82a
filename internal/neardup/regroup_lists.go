package neardup

import (
	"cmp"
	"slices"
)

// hashLists has the articles of hashes, and of each hash the leaders: lists that are made when they
// are needed. Of equal texts it has the first article only.
type hashLists struct {
	signatures []Signature
	leads      []bool
	having     *articlesByHash
	of         map[uint32]*hashList // those made so far
	full       map[uint32]TextKey   // by hash, as FullHash

	sharedCount []uint8  // by article
	touched     []uint32 // those whose sharedCount is not 0
	keyed       []keyed  // for list
}

// hashList has the articles of a hash in the order of their keys.
type hashList struct{ articles, leaders []uint32 }

func newHashLists(signatures []Signature, s State) *hashLists {
	l := &hashLists{
		signatures: signatures, leads: s.Leads, having: newArticlesByHash(signatures),
		of: map[uint32]*hashList{}, full: make(map[uint32]TextKey, len(s.Full)),
		sharedCount: make([]uint8, len(signatures)),
	}
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

// keyed is an article with its key, which would be read from far away for each comparison.
type keyed struct {
	TextKey
	article uint32
}

// list returns the list of a hash.
func (l *hashLists) list(hash uint32) *hashList {
	if list, ok := l.of[hash]; ok {
		return list
	}
	l.keyed = l.keyed[:0]
	for _, e := range l.having.mayHave(hash) {
		if e.hash == hash {
			l.keyed = append(l.keyed, keyed{l.signatures[e.article].key(), e.article})
		}
	}
	slices.SortFunc(l.keyed, func(a, b keyed) int {
		return cmp.Or(a.compare(b.TextKey), cmp.Compare(a.article, b.article))
	})
	list := &hashList{}
	for i, k := range l.keyed {
		if i > 0 && k.TextKey == l.keyed[i-1].TextKey {
			continue // of equal texts the first article counts
		}
		list.articles = append(list.articles, k.article)
		if l.leads[k.article] {
			list.leaders = append(list.leaders, k.article)
		}
	}
	l.of[hash] = list
	return list
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
		if h != unused && len(l.list(h).articles) > 1 {
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
		if h == unused || len(l.list(h).articles) < 2 || l.lastLeader(h).before(key) {
			continue
		}
		rare++
		for _, a := range l.list(h).leaders {
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

// lead puts an article among the leaders of its hashes, or takes it away.
func (l *hashLists) lead(article uint32, leads bool) {
	s := &l.signatures[article]
	for _, h := range s.least {
		if h == unused {
			continue
		}
		list := l.list(h)
		if at := l.after(list.leaders, s.key()); leads {
			list.leaders = slices.Insert(list.leaders, at, article)
		} else {
			list.leaders = slices.Delete(list.leaders, at-1, at)
		}
	}
	l.leads[article] = leads
}

// concerned calls visit with each article of which a leader with a signature, that has come or
// gone, is or was a candidate, and with more.
func (l *hashLists) concerned(s *Signature, visit func(article uint32)) {
	key := s.key()
	for _, h := range s.least {
		if h == unused {
			continue
		}
		list, before := l.list(h), l.lastLeader(h)
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
