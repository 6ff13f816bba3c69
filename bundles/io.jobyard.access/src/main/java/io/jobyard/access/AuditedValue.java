// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.settings.api.AuditSeal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Value in the form that the audit may show.
 *
 * @param shown the value, with {@code (hidden)} in place of suspected secrets
 * @param digest a keyed digest that detects changes of a hidden value without revealing it; empty if the value is shown
 * completely
 */
record AuditedValue(String shown, String digest) {

    static final String HIDDEN = "(hidden)";

    /** Parts of a key that mark a secret. */
    private static final Pattern SECRET =
            Pattern.compile("passw|passphrase|secret|credential|apikey|privatekey|accesskey");
    /** Words in keys that mark a secret. Plural units, such as tokens, do not match. */
    private static final Set<String> SECRET_WORDS =
            Set.of("pwd", "pass", "token", "auth", "authorization", "pin", "key");
    /** Jobyard's own keys that contain names (of a payload field, or of secrets), but no secrets. */
    private static final Set<String> NAMES = Set.of("key", "secrets");

    private static final Pattern[] SECRETS_WITHIN = {
        Pattern.compile("(?<=://)[^/\\s]+(?=@)"), // user and password of a URL
        Pattern.compile(
                "(?i)(?<=[;?&,\\s](?:password|passwd|pwd|secret|token|api_?key|access_?key|access_token|sig)=)[^;&,\\s]+"),
        // a member of a JSON object, for example of a schedule's payload; references to secrets are not hidden
        Pattern.compile(
                "(?i)(?<=\"[\\w.-]{0,40}(?:passw(?:or)?d|passphrase|pwd|secret|token|api_?key|access_?key|authorization"
                        + "|credentials?)\"\\s{0,9}:\\s{0,9}\")(?!\\$\\{secret:)(?:[^\"\\\\]|\\\\.)+"),
        Pattern.compile("(?i)(?<=\\b(?:bearer|basic) )\\S{8,}"),
        Pattern.compile("\\b(?:sk-|ghp_|gho_|github_pat_|glpat-|xox[a-z]-|AKIA|eyJ)[A-Za-z0-9_.+/=-]{12,}"),
        Pattern.compile("(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*")
    };

    /** Returns the value of a configuration's key. */
    static AuditedValue of(String pid, String key, String value, AuditSeal seal) {
        String shown = isSecret(pid, key) ? HIDDEN : withoutSecrets(value);
        return shown.equals(value) ? plain(value) : new AuditedValue(shown, seal.digest(value));
    }

    /** Returns a value of a configuration without a reader, which may be a secret under any key. */
    static AuditedValue hidden(String value, AuditSeal seal) {
        return value.isEmpty() ? plain("") : new AuditedValue(HIDDEN, seal.digest(value));
    }

    /** Returns the text for everyone who may see the configuration. */
    static String shown(String pid, String key, String value) {
        return isSecret(pid, key) && !value.isEmpty() ? HIDDEN : withoutSecrets(value);
    }

    static AuditedValue plain(String value) {
        return new AuditedValue(value, "");
    }

    private static boolean isSecret(String pid, String key) {
        if (key.startsWith(".")) {
            return true; // private according to the Config Admin specification
        }
        if (NAMES.contains(key) && pid.startsWith(AuditedConfigurations.OURS)) {
            return false;
        }
        String words = key.replaceAll("([a-z0-9])([A-Z])", "$1.$2").toLowerCase(Locale.ROOT);
        String[] each = words.split("[^a-z0-9]+");
        return SECRET.matcher(String.join("", each)).find() || Stream.of(each).anyMatch(SECRET_WORDS::contains);
    }

    private static String withoutSecrets(String value) {
        String shown = value;
        for (Pattern secret : SECRETS_WITHIN) {
            shown = secret.matcher(shown).replaceAll(HIDDEN);
        }
        return shown;
    }
}
