package wording

// SignIn holds the texts for signing in and out.
type SignIn struct {
	Title, About, Key, Wrong string
	Already, Continue        string // for readers who are signed in and come from another site
	SignOut                  string
}

func newSignIn(text translator) SignIn {
	return SignIn{
		Title:    text("登录", "Sign in"),
		About:    text("这里要凭密钥阅读。密钥由管理员发给你。", "You need a key to read here. Ask the administrator for one."),
		Key:      text("密钥", "Key"),
		Wrong:    text("这个密钥无效，请检查后再输入。", "This key isn’t valid. Check it and try again."),
		Already:  text("已经登录过？", "Already signed in? "),
		Continue: text("继续", "Continue"),
		SignOut:  text("退出", "Sign out"),
	}
}
