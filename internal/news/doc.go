// Package news holds the article record, the one exchange format between
// readers, index and server, and the identity of an article.
//
// It imports nothing of this module.
package news
