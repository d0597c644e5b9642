/** Whose secret it is by its name, and the hosts of that vendor. */
export interface SecretVendor {
  readonly name: RegExp;
  readonly hosts: RegExp;
}

/** Sources: the vendors' documentation, 2026-11. Names are those of secrets, in upper case. */
export const secretVendors: readonly SecretVendor[] = [
  {
    name: /(?:^|_)(?:GITHUB|GH|GHCR|PAT)(?:_|$)/,
    hosts: /(?:^|\.)(?:github\.com|ghcr\.io|githubusercontent\.com|ghe\.com)$/,
  },
  {
    name: /(?:^|_)(?:NPM|NODE_AUTH|NPMJS)(?:_|$)/,
    hosts: /(?:^|\.)(?:npmjs\.(?:org|com)|npmmirror\.com|npm\.pkg\.github\.com|jsr\.io)$/,
  },
  { name: /(?:^|_)(?:PYPI|TWINE|TESTPYPI)(?:_|$)/, hosts: /(?:^|\.)(?:pypi\.org|pythonhosted\.org)$/ },
  { name: /(?:^|_)(?:CARGO|CRATES)(?:_|$)/, hosts: /(?:^|\.)crates\.io$/ },
  { name: /(?:^|_)(?:RUBYGEMS|GEM)(?:_|$)/, hosts: /(?:^|\.)rubygems\.org$/ },
  { name: /(?:^|_)NUGET(?:_|$)/, hosts: /(?:^|\.)nuget\.org$/ },
  { name: /(?:^|_)(?:DOCKER|DOCKERHUB)(?:_|$)/, hosts: /(?:^|\.)docker\.(?:io|com)$/ },
  { name: /(?:^|_)QUAY(?:_|$)/, hosts: /(?:^|\.)quay\.io$/ },
  {
    name: /(?:^|_)(?:VSCE|MARKETPLACE|AZDO|AZURE_DEVOPS)(?:_|$)/,
    hosts: /(?:^|\.)(?:visualstudio\.com|dev\.azure\.com)$/,
  },
  { name: /(?:^|_)(?:OVSX|OPENVSX)(?:_|$)/, hosts: /(?:^|\.)open-vsx\.org$/ },
  {
    name: /(?:^|_)(?:OSSRH|SONATYPE|MAVEN_CENTRAL|CENTRAL)(?:_|$)/,
    hosts: /(?:^|\.)(?:sonatype\.(?:org|com)|maven\.org)$/,
  },
  { name: /(?:^|_)AWS(?:_|$)/, hosts: /(?:^|\.)(?:amazonaws\.com(?:\.cn)?|aws\.amazon\.com|awsapps\.com|aws)$/ },
  {
    name: /(?:^|_)(?:AZURE|ARM|ENTRA)(?:_|$)/,
    hosts:
      /(?:^|\.)(?:azure\.(?:com|net)|windows\.net|microsoftonline\.com|azurewebsites\.net|microsoft\.com|azurecr\.io|azure-api\.net)$/,
  },
  {
    name: /(?:^|_)(?:GCP|GOOGLE|GCLOUD|FIREBASE|GEMINI)(?:_|$)/,
    hosts: /(?:^|\.)(?:googleapis\.com|google\.com|firebaseio\.com|pkg\.dev|gcr\.io|run\.app)$/,
  },
  { name: /(?:^|_)FLY(?:IO)?(?:_|$)/, hosts: /(?:^|\.)(?:fly\.(?:io|dev)|machines\.dev)$/ },
  { name: /(?:^|_)BUF(?:_|$)/, hosts: /(?:^|\.)buf\.(?:build|dev)$/ },
  { name: /(?:^|_)(?:DD|DATADOG)(?:_|$)/, hosts: /(?:^|\.)(?:datadoghq\.(?:com|eu)|ddog-gov\.com)$/ },
  { name: /(?:^|_)NEW_?RELIC(?:_|$)/, hosts: /(?:^|\.)(?:newrelic\.com|nr-data\.net)$/ },
  { name: /(?:^|_)(?:APPLE|APPSTORE|ASC|NOTARY)(?:_|$)/, hosts: /(?:^|\.)apple\.com$/ },
  { name: /(?:^|_)TEAMS(?:_|$)/, hosts: /(?:^|\.)(?:office\.com|azure\.com|microsoft\.com)$/ },
  { name: /(?:^|_)SLACK(?:_|$)/, hosts: /(?:^|\.)slack\.com$/ },
  { name: /(?:^|_)DISCORD(?:_|$)/, hosts: /(?:^|\.)discord(?:app)?\.com$/ },
  { name: /(?:^|_)(?:TELEGRAM|TG)(?:_|$)/, hosts: /(?:^|\.)telegram\.org$/ },
  {
    name: /(?:^|_)(?:JIRA|ATLASSIAN|CONFLUENCE|BITBUCKET)(?:_|$)/,
    hosts: /(?:^|\.)(?:atlassian\.(?:net|com)|bitbucket\.org|jira\.com)$/,
  },
  { name: /(?:^|_)(?:CODECOV|CC_TEST)(?:_|$)/, hosts: /(?:^|\.)(?:codecov\.io|codeclimate\.com|qlty\.sh)$/ },
  { name: /(?:^|_)SONAR(?:CLOUD|QUBE)?(?:_|$)/, hosts: /(?:^|\.)sonar(?:cloud\.io|qube\.us|source\.com)$/ },
  { name: /(?:^|_)(?:OPENAI|AZURE_OPENAI)(?:_|$)/, hosts: /(?:^|\.)openai\.(?:com|azure\.com)$/ },
  { name: /(?:^|_)(?:ANTHROPIC|CLAUDE)(?:_|$)/, hosts: /(?:^|\.)(?:anthropic|claude)\.com$/ },
  {
    name: /(?:^|_)(?:CLOUDFLARE|CF)(?:_|$)/,
    hosts: /(?:^|\.)(?:cloudflare\.com|workers\.dev|cloudflarestorage\.com)$/,
  },
  { name: /(?:^|_)SENTRY(?:_|$)/, hosts: /(?:^|\.)sentry\.io$/ },
  { name: /(?:^|_)(?:DIGITALOCEAN|DO)(?:_|$)/, hosts: /(?:^|\.)(?:digitalocean\.com|digitaloceanspaces\.com)$/ },
  { name: /(?:^|_)(?:HF|HUGGINGFACE|HUGGING_FACE)(?:_|$)/, hosts: /(?:^|\.)(?:huggingface\.co|hf\.co|hf\.space)$/ },
  { name: /(?:^|_)(?:TF|TERRAFORM|TFE|TFC)(?:_|$)/, hosts: /(?:^|\.)(?:terraform\.io|hashicorp\.(?:com|cloud))$/ },
  { name: /(?:^|_)NETLIFY(?:_|$)/, hosts: /(?:^|\.)netlify\.com$/ },
  { name: /(?:^|_)(?:VERCEL|TURBO|TURBOREPO)(?:_|$)/, hosts: /(?:^|\.)(?:vercel\.com|turbo\.build|turborepo\.com)$/ },
  { name: /(?:^|_)HEROKU(?:_|$)/, hosts: /(?:^|\.)heroku\.com$/ },
  { name: /(?:^|_)TRAVIS(?:_CI)?(?:_|$)/, hosts: /(?:^|\.)travis-ci\.(?:com|org)$/ },
  { name: /(?:^|_)READ_?THE_?DOCS(?:_|$)|(?:^|_)RTD(?:_|$)/, hosts: /(?:^|\.)readthedocs\.(?:org|com)$/ },
  { name: /(?:^|_)(?:ANACONDA|CONDA)(?:_|$)/, hosts: /(?:^|\.)(?:anaconda\.(?:org|com)|prefix\.dev)$/ },
  { name: /(?:^|_)(?:CHOCO|CHOCOLATEY)(?:_|$)/, hosts: /(?:^|\.)chocolatey\.org$/ },
  { name: /(?:^|_)ALGOLIA(?:_|$)/, hosts: /(?:^|\.)algolia(?:net\.com|\.(?:net|com|io))$/ },
  { name: /(?:^|_)(?:SAUCE|SAUCELABS)(?:_|$)/, hosts: /(?:^|\.)saucelabs\.com$/ },
  { name: /(?:^|_)(?:EXPO|EAS)(?:_|$)/, hosts: /(?:^|\.)expo\.(?:dev|io)$/ },
  { name: /(?:^|_)UNITY(?:_|$)/, hosts: /(?:^|\.)unity(?:3d)?\.com$/ },
  { name: /(?:^|_)(?:TWITTER|X_API)(?:_|$)/, hosts: /(?:^|\.)(?:twitter|x)\.com$/ },
  {
    name: /(?:^|_)(?:STRIPE|TWILIO|SENDGRID|MAILGUN|CIRCLECI|BUILDKITE|GITLAB|SNYK|LINEAR|NOTION|AIRTABLE|FASTLY|DOPPLER|CODSPEED|DEEPL)(?:_|$)/,
    // Their domains are called as the secret is.
    hosts: /^$/,
  },
];

/** Products that people run on hosts of their own, of any name. Source: their documentation, 2026-11. */
export const SELF_HOSTED =
  /(?:^|_)(?:ARTIFACTORY|JFROG|NEXUS|HARBOR|JENKINS|VAULT|KEYCLOAK|GRAFANA|PROMETHEUS|PUSHGATEWAY|LOKI|ELASTIC(?:SEARCH)?|KIBANA|GITEA|FORGEJO|MATTERMOST|ROCKETCHAT|MATRIX|MASTODON|ZULIP|NTFY|GOTIFY|COOLIFY|PORTAINER|DOKPLOY|CAPROVER|DOKKU|ARGO(?:CD)?|N8N|DISCOURSE|WORDPRESS|WP|GHOST|WEBLATE|DTRACK|DEFECTDOJO|MINIO|STRAPI|DIRECTUS|ODOO|NEXTCLOUD|RANCHER|GITLAB|SENTRY|SONAR(?:QUBE)?|JIRA|CONFLUENCE|BITBUCKET|K8S|KUBE(?:RNETES)?|FTP|SFTP|SMTP|PROXY|VPN)(?:_|$)/;

/** Hosts that secrets of every kind may go to: GitHub's own. */
export const GITHUB_HOST =
  /(?:^|\.)(?:github\.com|ghcr\.io|githubusercontent\.com|ghe\.com|actions\.githubusercontent\.com)$/;

/** The machine itself, and service containers. */
export const LOCAL_HOST =
  /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal|[\w-]+|.*\.(?:local|localhost|internal|svc|test))$/;

/** Places where anybody may collect requests, or leave text for anybody. Source: their documentation, 2026-11. */
export const COLLECTOR_HOST =
  /(?:^|\.)(?:webhook\.site|requestbin\.(?:com|net)|pipedream\.net|hookbin\.com|requestcatcher\.com|beeceptor\.com|ngrok(?:-free)?\.(?:io|app|dev)|loca\.lt|serveo\.net|trycloudflare\.com|burpcollaborator\.net|oastify\.com|oast\.\w+|interact\.sh|interactsh\.com|dnslog\.cn|ceye\.io|pastebin\.com|paste\.ee|hastebin\.com|dpaste\.\w+|ix\.io|termbin\.com|transfer\.sh|0x0\.st|file\.io|bashupload\.com|temp\.sh|catbox\.moe|anonfiles\.com|ptsv\d*\.com|postb\.in|mockbin\.\w+|httpbin\.org|canarytokens\.com)$/;

/** An address by number. */
export const IP_ADDRESS = /^(?:\d{1,3}\.){3}\d{1,3}$|^\[[0-9a-f:]+\]$|^0x[0-9a-f]+$|^\d{8,10}$/i;

/** Domains below which everybody may have a name. Source: the private part of the public suffix list, 2026-11; the usual ones. */
export const OPEN_SUFFIX =
  /\.(?:(?:github|gitlab)\.io|(?:netlify|vercel|run|web|onrender|railway|render|streamlit|surge|glitch|ondigitalocean)\.app|(?:firebase|heroku|streamlit)app\.com|onrender\.com|(?:fly|workers|pages|deno)\.dev|azurewebsites\.net|now\.sh|surge\.sh|glitch\.me|repl\.(?:co|run)|replit\.(?:app|dev)|hf\.space|cloudfront\.net|(?:co|com|org|net|ac|edu|gov|gob|or|ne|go|nom|asso)\.\w\w)$/;

/** Words of secrets' names, and of hosts, that say nothing of whose they are. */
export const GENERIC_WORD =
  /^(?:TOKEN|KEY|SECRET|API|PASSWORD|PASS|PASSWD|AUTH|ACCESS|PRIVATE|PUBLIC|APP|CLIENT|DEPLOY|DEPLOYMENT|PROD|PRODUCTION|STAGING|DEV|TEST|CI|CD|BOT|USER|USERNAME|WEBHOOK|URL|URI|HOOK|ENDPOINT|ADMIN|READ|WRITE|RO|RW|ID|THE|MY|BUILD|RELEASE|PUBLISH|SERVICE|ACCOUNT|CREDENTIALS?|CREDS|INPUTS|STEPS|OUTPUTS|SIGNING|ENCRYPTION|SSH|GPG|REGISTRY|REPO|ORG|BASE64|JSON|PREVIEWS?|BUILDS|DEPLOYS|HOOKS|WEBHOOKS|APIS|APPS|STATUS|SERVICES|SERVER|HOSTS?|RELEASES|DOCS?|STAGE|TESTS|TESTING|WEB|WWW|SITE|PAGES?|CLOUD|DATA|CACHE|CODE|GIT|NEW|MAIN|DEFAULT|INTERNAL|EXTERNAL|REMOTE|UPLOADS?|DOWNLOADS?|UPDATES?|SYNC|NOTIFY|NOTIFICATIONS?|METRICS?|LOGS?|EVENTS?|REPORTS?|PING|PINGS|CHECKS?|MIRROR|PROXY|TRIGGER|SEND|POST|GET|PUSH|RUN|JOB|WORKFLOW|ACTIONS?)$/;
