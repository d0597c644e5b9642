/*
 * Sources: AWS, Azure, Google Cloud and Alibaba Cloud on their instance metadata services; the tools' own documentation of
 * where they take credentials from. November 2026.
 */

/** Where clouds answer a machine that asks who it is: AWS, Azure and Google by number, AWS for containers, by IPv6, Google and Alibaba by name. */
export const METADATA =
  /169\.254\.169\.254|169\.254\.170\.(?:2|23)\b|fd00:ec2::(?:254|23)\b|metadata\.google\.internal|100\.100\.100\.200|\b0xa9fea9fe\b/gi;
/** Commands that shut the way to it. */
export const FIREWALLS = /^(?:iptables|ip6tables|nft|ufw|route|ip|pfctl|netsh)$/;

/** Command-line tools that take the machine's own role where nothing else is given, and actions and variables that give it. */
export const CLOUD_TOOLS = /^(?:aws|gcloud|gsutil|bq|az|eksctl|ecs-cli|cdk|sam)$/;
export const CLOUD_LOGINS = [
  'aws-actions/configure-aws-credentials',
  'azure/login',
  'google-github-actions/auth',
  'hashicorp/vault-action',
];
export const CLOUD_KEYS =
  /^(?:AWS_(?:ACCESS_KEY_ID|PROFILE|ROLE_ARN)|GOOGLE_APPLICATION_CREDENTIALS|CLOUDSDK_\w+|AZURE_(?:CLIENT_ID|CREDENTIALS)|ARM_CLIENT_ID)$/;
