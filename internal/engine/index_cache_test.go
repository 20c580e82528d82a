package engine

import (
	"fmt"
	"sync"
	"testing"
)

// Whatever it is asked for, a cache stays below its limit and returns what was put.
func TestCacheLimit(t *testing.T) {
	const limit = 100_000
	c := newCache(limit)
	var users sync.WaitGroup
	for user := range 4 {
		users.Go(func() {
			for i := range 5000 {
				n := (i*7 + user) % 300
				key := cacheKey{"f", fmt.Sprint(n)}
				if v := c.get(key); v != nil && v.(int) != n {
					t.Errorf("%v gave %v", key, v)
				}
				c.put(key, n, 100*n)
			}
		})
	}
	users.Wait()
	var sum int64
	for e := c.order.Front(); e != nil; e = e.Next() {
		sum += e.Value.(*cacheEntry).cost
	}
	if sum != c.used || sum > limit || sum < limit/2 || len(c.entries) != c.order.Len() {
		t.Errorf("%d entries take %d bytes of %d, CacheUse has %d", len(c.entries), sum, limit, c.used)
	}
	if c.put(cacheKey{"f", "huge"}, 0, limit); c.get(cacheKey{"f", "huge"}) != nil {
		t.Error("one value took the whole cache")
	}
}

// A full cache keeps the keys that are asked for often while others are asked for
// once.
func TestCacheAdmission(t *testing.T) {
	c := newCache(100_000)
	ask := func(name string) (there bool) {
		key := cacheKey{"f", name}
		if c.get(key) != nil {
			return true
		}
		c.put(key, name, 1000)
		return false
	}
	found := 0
	for i := range 10_000 {
		ask(fmt.Sprint("once", i))
		if i%10 == 0 && ask(fmt.Sprint("often", i/10%20)) {
			found++
		}
	}
	if found < 900 {
		t.Errorf("of 1,000 requests for 20 values %d were answered", found)
	}
}
