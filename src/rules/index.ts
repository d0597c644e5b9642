// Written by `npm run generate`: every file of this folder is a rule.
import type { Rule } from '../engine/rule.ts';
import { abbreviatedSha } from './abbreviated-sha.ts';
import { actionFormat } from './action-format.ts';
import { actionInputs } from './action-inputs.ts';
import { actionMetadata } from './action-metadata.ts';
import { actionShellRequired } from './action-shell-required.ts';
import { actionUpdateReview } from './action-update-review.ts';
import { adhocPackages } from './adhoc-packages.ts';
import { aiExcessiveTools } from './ai-excessive-tools.ts';
import { aiExecutionOrder } from './ai-execution-order.ts';
import { aiPromptInjection } from './ai-prompt-injection.ts';
import { aiUnrestrictedTrigger } from './ai-unrestricted-trigger.ts';
import { aiUnsafeSandbox } from './ai-unsafe-sandbox.ts';
import { anonymousDefinition } from './anonymous-definition.ts';
import { archivedUses } from './archived-uses.ts';
import { argumentInjection } from './argument-injection.ts';
import { artifactPoisoning } from './artifact-poisoning.ts';
import { artipacked } from './artipacked.ts';
import { attestationMissing } from './attestation-missing.ts';
import { botConditions } from './bot-conditions.ts';
import { broadSecretEnv } from './broad-secret-env.ts';
import { cacheBloat } from './cache-bloat.ts';
import { cachePoisoning } from './cache-poisoning.ts';
import { cachePoisoningUntrusted } from './cache-poisoning-untrusted.ts';
import { callerPermissionMismatch } from './caller-permission-mismatch.ts';
import { codebuildRunnerIdentity } from './codebuild-runner-identity.ts';
import { concurrencyLimits } from './concurrency-limits.ts';
import { confusedDeputyAutoMerge } from './confused-deputy-auto-merge.ts';
import { contextAvailability } from './context-availability.ts';
import { cron } from './cron.ts';
import { crossRepoTokenChoice } from './cross-repo-token-choice.ts';
import { dangerousTriggers } from './dangerous-triggers.ts';
import { debugEnabled } from './debug-enabled.ts';
import { dependabotCooldown } from './dependabot-cooldown.ts';
import { dependabotEcosystem } from './dependabot-ecosystem.ts';
import { dependabotExecution } from './dependabot-execution.ts';
import { dependabotGithubActions } from './dependabot-github-actions.ts';
import { dependabotRegistryCredential } from './dependabot-registry-credential.ts';
import { dependencyReviewSettings } from './dependency-review-settings.ts';
import { deployKeyWrite } from './deploy-key-write.ts';
import { deprecatedCommands } from './deprecated-commands.ts';
import { deprecatedNodeRuntime } from './deprecated-node-runtime.ts';
import { dispatchInputs } from './dispatch-inputs.ts';
import { dispatchToctou } from './dispatch-toctou.ts';
import { envVar } from './env-var.ts';
import { environmentWithoutProtection } from './environment-without-protection.ts';
import { events } from './events.ts';
import { excessivePermissions } from './excessive-permissions.ts';
import { expressionSyntax } from './expression-syntax.ts';
import { expressionType } from './expression-type.ts';
import { forbiddenUses } from './forbidden-uses.ts';
import { forkWriteToken } from './fork-write-token.ts';
import { githubApp } from './github-app.ts';
import { githubEnv } from './github-env.ts';
import { githubScriptExec } from './github-script-exec.ts';
import { glob } from './glob.ts';
import { hardcodedContainerCredentials } from './hardcoded-container-credentials.ts';
import { hardcodedSecret } from './hardcoded-secret.ts';
import { hiddenUnicode } from './hidden-unicode.ts';
import { id } from './id.ts';
import { impostorCommit } from './impostor-commit.ts';
import { improperAccessControl } from './improper-access-control.ts';
import { insecureCommands } from './insecure-commands.ts';
import { insecureUrlScheme } from './insecure-url-scheme.ts';
import { invalidPermissions } from './invalid-permissions.ts';
import { jobNeeds } from './job-needs.ts';
import { knownVulnerableActions } from './known-vulnerable-actions.ts';
import { longLivedCloudCredential } from './long-lived-cloud-credential.ts';
import { matrix } from './matrix.ts';
import { mergeGroupGap } from './merge-group-gap.ts';
import { misfeature } from './misfeature.ts';
import { missingCodeScanning } from './missing-code-scanning.ts';
import { missingDependencyReview } from './missing-dependency-review.ts';
import { missingPermissions } from './missing-permissions.ts';
import { missingRuntimeMonitoring } from './missing-runtime-monitoring.ts';
import { missingTimeout } from './missing-timeout.ts';
import { obfuscation } from './obfuscation.ts';
import { oidcExposure } from './oidc-exposure.ts';
import { outputClobbering } from './output-clobbering.ts';
import { overprovisionedSecrets } from './overprovisioned-secrets.ts';
import { overscopedJobPermissions } from './overscoped-job-permissions.ts';
import { permissionDelta } from './permission-delta.ts';
import { personAsActor } from './person-as-actor.ts';
import { personalAccessToken } from './personal-access-token.ts';
import { policySelfChange } from './policy-self-change.ts';
import { privilegedContainer } from './privileged-container.ts';
import { pythonLint } from './python-lint.ts';
import { refConfusion } from './ref-confusion.ts';
import { refVersionMismatch } from './ref-version-mismatch.ts';
import { replaceableAction } from './replaceable-action.ts';
import { repoJacking } from './repo-jacking.ts';
import { requestForgery } from './request-forgery.ts';
import { reusableWorkflowTaint } from './reusable-workflow-taint.ts';
import { runnerConnectionPerson } from './runner-connection-person.ts';
import { runnerMetadataAccess } from './runner-metadata-access.ts';
import { runnerRegistrationToken } from './runner-registration-token.ts';
import { scannerTriggerScope } from './scanner-trigger-scope.ts';
import { secretExfiltration } from './secret-exfiltration.ts';
import { secretInCommandLine } from './secret-in-command-line.ts';
import { secretInLog } from './secret-in-log.ts';
import { secretToMutableAction } from './secret-to-mutable-action.ts';
import { secretsInArtifacts } from './secrets-in-artifacts.ts';
import { secretsInherit } from './secrets-inherit.ts';
import { secretsOutsideEnv } from './secrets-outside-env.ts';
import { selfHostedRunner } from './self-hosted-runner.ts';
import { selfRepository } from './self-repository.ts';
import { sharedJobSecrets } from './shared-job-secrets.ts';
import { shellLint } from './shell-lint.ts';
import { shellName } from './shell-name.ts';
import { staleActionRefs } from './stale-action-refs.ts';
import { staleBranchTrigger } from './stale-branch-trigger.ts';
import { structuredSecret } from './structured-secret.ts';
import { superfluousActions } from './superfluous-actions.ts';
import { syntaxCheck } from './syntax-check.ts';
import { taintedRunsOn } from './tainted-runs-on.ts';
import { templateInjection } from './template-injection.ts';
import { transitivelyUnpinnedAction } from './transitively-unpinned-action.ts';
import { typosquatUses } from './typosquat-uses.ts';
import { undefinedReference } from './undefined-reference.ts';
import { undocumentedPermissions } from './undocumented-permissions.ts';
import { unguardedCommentTrigger } from './unguarded-comment-trigger.ts';
import { unknownRunnerLabel } from './unknown-runner-label.ts';
import { unnecessaryAdvancedConfig } from './unnecessary-advanced-config.ts';
import { unpinnedImages } from './unpinned-images.ts';
import { unpinnedRemoteCheckout } from './unpinned-remote-checkout.ts';
import { unpinnedTools } from './unpinned-tools.ts';
import { unpinnedUses } from './unpinned-uses.ts';
import { unredactedSecrets } from './unredacted-secrets.ts';
import { unregisteredDerivedSecret } from './unregistered-derived-secret.ts';
import { unsafeAddMask } from './unsafe-add-mask.ts';
import { unsoundCondition } from './unsound-condition.ts';
import { unsoundContains } from './unsound-contains.ts';
import { unsoundTernary } from './unsound-ternary.ts';
import { untrustedCheckout } from './untrusted-checkout.ts';
import { untrustedCheckoutExec } from './untrusted-checkout-exec.ts';
import { untrustedCheckoutToctou } from './untrusted-checkout-toctou.ts';
import { unusedSecret } from './unused-secret.ts';
import { unverifiedCreator } from './unverified-creator.ts';
import { unverifiedScriptExec } from './unverified-script-exec.ts';
import { useTrustedPublishing } from './use-trusted-publishing.ts';
import { userSshKey } from './user-ssh-key.ts';
import { vulnerableBuildPlatform } from './vulnerable-build-platform.ts';
import { workflowCall } from './workflow-call.ts';
import { workflowCodeowners } from './workflow-codeowners.ts';
import { yamlAnchors } from './yaml-anchors.ts';

/** All rules, by id. */
export const rules: readonly Rule[] = [
  abbreviatedSha,
  actionFormat,
  actionInputs,
  actionMetadata,
  actionShellRequired,
  actionUpdateReview,
  adhocPackages,
  aiExcessiveTools,
  aiExecutionOrder,
  aiPromptInjection,
  aiUnrestrictedTrigger,
  aiUnsafeSandbox,
  anonymousDefinition,
  archivedUses,
  argumentInjection,
  artifactPoisoning,
  artipacked,
  attestationMissing,
  botConditions,
  broadSecretEnv,
  cacheBloat,
  cachePoisoning,
  cachePoisoningUntrusted,
  callerPermissionMismatch,
  codebuildRunnerIdentity,
  concurrencyLimits,
  confusedDeputyAutoMerge,
  contextAvailability,
  cron,
  crossRepoTokenChoice,
  dangerousTriggers,
  debugEnabled,
  dependabotCooldown,
  dependabotEcosystem,
  dependabotExecution,
  dependabotGithubActions,
  dependabotRegistryCredential,
  dependencyReviewSettings,
  deployKeyWrite,
  deprecatedCommands,
  deprecatedNodeRuntime,
  dispatchInputs,
  dispatchToctou,
  envVar,
  environmentWithoutProtection,
  events,
  excessivePermissions,
  expressionSyntax,
  expressionType,
  forbiddenUses,
  forkWriteToken,
  githubApp,
  githubEnv,
  githubScriptExec,
  glob,
  hardcodedContainerCredentials,
  hardcodedSecret,
  hiddenUnicode,
  id,
  impostorCommit,
  improperAccessControl,
  insecureCommands,
  insecureUrlScheme,
  invalidPermissions,
  jobNeeds,
  knownVulnerableActions,
  longLivedCloudCredential,
  matrix,
  mergeGroupGap,
  misfeature,
  missingCodeScanning,
  missingDependencyReview,
  missingPermissions,
  missingRuntimeMonitoring,
  missingTimeout,
  obfuscation,
  oidcExposure,
  outputClobbering,
  overprovisionedSecrets,
  overscopedJobPermissions,
  permissionDelta,
  personAsActor,
  personalAccessToken,
  policySelfChange,
  privilegedContainer,
  pythonLint,
  refConfusion,
  refVersionMismatch,
  replaceableAction,
  repoJacking,
  requestForgery,
  reusableWorkflowTaint,
  runnerConnectionPerson,
  runnerMetadataAccess,
  runnerRegistrationToken,
  scannerTriggerScope,
  secretExfiltration,
  secretInCommandLine,
  secretInLog,
  secretToMutableAction,
  secretsInArtifacts,
  secretsInherit,
  secretsOutsideEnv,
  selfHostedRunner,
  selfRepository,
  sharedJobSecrets,
  shellLint,
  shellName,
  staleActionRefs,
  staleBranchTrigger,
  structuredSecret,
  superfluousActions,
  syntaxCheck,
  taintedRunsOn,
  templateInjection,
  transitivelyUnpinnedAction,
  typosquatUses,
  undefinedReference,
  undocumentedPermissions,
  unguardedCommentTrigger,
  unknownRunnerLabel,
  unnecessaryAdvancedConfig,
  unpinnedImages,
  unpinnedRemoteCheckout,
  unpinnedTools,
  unpinnedUses,
  unredactedSecrets,
  unregisteredDerivedSecret,
  unsafeAddMask,
  unsoundCondition,
  unsoundContains,
  unsoundTernary,
  untrustedCheckout,
  untrustedCheckoutExec,
  untrustedCheckoutToctou,
  unusedSecret,
  unverifiedCreator,
  unverifiedScriptExec,
  useTrustedPublishing,
  userSshKey,
  vulnerableBuildPlatform,
  workflowCall,
  workflowCodeowners,
  yamlAnchors,
];
