package neardup

// push queues an article.
func (r *regrouping) push(article uint32) {
	if !r.pending[article] && !r.done[article] {
		r.pending[article] = true
		r.queue = append(r.queue, article)
		for i := len(r.queue) - 1; i > 0 && r.less(i, (i-1)/2); i = (i - 1) / 2 {
			r.queue[i], r.queue[(i-1)/2] = r.queue[(i-1)/2], r.queue[i]
		}
	}
}

func (r *regrouping) less(i, j int) bool {
	return r.Signatures[r.queue[i]].key().before(r.Signatures[r.queue[j]].key())
}

// next takes the article with the first key.
func (r *regrouping) next() uint32 {
	q := r.queue
	first := q[0]
	q[0] = q[len(q)-1]
	r.queue = q[:len(q)-1]
	for i := 0; ; {
		least := i
		for _, child := range []int{2*i + 1, 2*i + 2} {
			if child < len(r.queue) && r.less(child, least) {
				least = child
			}
		}
		if least == i {
			break
		}
		r.queue[i], r.queue[least] = r.queue[least], r.queue[i]
		i = least
	}
	delete(r.pending, first)
	return first
}
