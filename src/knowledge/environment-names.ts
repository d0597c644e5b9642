/**
 * Variables that make a common program run code or load files, so that their value alone is enough. Sources: the manuals of
 * ld.so, bash, git, Python, Perl, Ruby, the JVM. November 2026. `NODE_OPTIONS` is left out: the runner refuses it.
 */
export const dangerousVariables =
  /^(?:LD_(?:PRELOAD|LIBRARY_PATH|AUDIT)|DYLD_\w+|BASH_ENV|ENV|PATH|SHELLOPTS|PS4|PROMPT_COMMAND|PYTHON(?:PATH|STARTUP|HOME)|PERL5?(?:LIB|OPT)|RUBY(?:LIB|OPT)|GIT_(?:SSH|SSH_COMMAND|ASKPASS|EXTERNAL_DIFF|PAGER|EDITOR|CONFIG\w*|PROXY_COMMAND)|(?:JAVA_TOOL|_?JAVA|JDK_JAVA|MAVEN|GRADLE|SBT|ANT)_OPT(?:ION)?S|CLASSPATH|NODE_PATH|NPM_CONFIG_\w+|PIP_(?:INDEX_URL|EXTRA_INDEX_URL|CONFIG_FILE)|GOFLAGS|RUSTC_WRAPPER|CARGO_\w+|EDITOR|VISUAL|PAGER|BROWSER|HTTPS?_PROXY|ALL_PROXY|SSL_CERT_FILE|CC|CXX)$/i;
