// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.Finding;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.doubles.FakeInstance;
import io.jobyard.settings.api.LastGood;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which use of a secret a policy allows. */
class SecretPoliciesTest {

    private static final SecretUse USE =
            new SecretUse("openai", "call_api", "com.acme.api", "ann", Set.of("reports", "nightly"));

    private final SecretPolicies policies = new SecretPolicies(pid -> LastGood.none());

    @Test
    void withoutAPolicyNothingIsAllowedAndTheRefusalSaysWhatToWrite() {
        assertThatThrownBy(() -> policies.require(USE))
                .isInstanceOf(RetryableException.class)
                .hasMessage(
                        "secret openai: no policy lets call_api jobs of ann (roles: nightly, reports) have it in bundle"
                                + " com.acme.api: write etc/io.jobyard.secrets-NAME.cfg with secrets = openai, types ="
                                + " call_api, bundles = com.acme.api");
        assertThatThrownBy(() -> policies.require(new SecretUse("openai", "call_api", "com.acme.api", "bob", Set.of())))
                .hasMessageContaining("call_api jobs of bob (roles: none) have it");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "openai, -, -, -, true",
                "open*, -, -, -, true",
                "'mail,*ai', -, -, -, true",
                "*, -, -, -, true",
                "mail, -, -, -, false",
                "openai, call_*, -, -, true",
                "openai, 'embed,call', -, -, false",
                "openai, -, com.acme.*, -, true",
                "openai, -, com.acme, -, false",
                "openai, -, -, nightly, true",
                "openai, -, -, 'admins,rep*', true",
                "openai, -, -, admins, false",
                "openai, -, -, ann, false",
                "openai, call_api, com.acme.api, reports, true",
                "mail, call_api, com.acme.api, reports, false",
                "openai, embed, com.acme.api, reports, false",
                "openai, call_api, com.acme.web, reports, false",
                "openai, call_api, com.acme.api, admins, false",
            })
    void allKeysThatAreGivenMustMatch(String secrets, String types, String bundles, String roles, boolean allowed) {
        Map<String, String> keys = new HashMap<>(Map.of("secrets", secrets));
        if (types != null) {
            keys.put("types", types);
        }
        if (bundles != null) {
            keys.put("bundles", bundles);
        }
        if (roles != null) {
            keys.put("roles", roles);
        }
        policy("p", keys);
        assertThat(policies.findings()).isEmpty();
        assertThat(allows(USE)).isEqualTo(allowed);
    }

    @Test
    void aPolicyForRolesAllowsNothingToWhoHasNone() {
        policy("p", Map.of("secrets", "*", "roles", "*"));
        assertThat(allows(new SecretUse("openai", "call_api", "com.acme.api", "bob", Set.of())))
                .isFalse();
        assertThat(allows(USE)).isTrue();
    }

    @Test
    void onePolicyOfSeveralIsEnoughButItAloneMustMatch() {
        policy("a", Map.of("secrets", "openai", "types", "embed"));
        policy("b", Map.of("secrets", "mail", "types", "call_api"));
        assertThat(allows(USE)).isFalse();
        policy("c", Map.of("secrets", "openai", "types", "call_api"));
        assertThat(allows(USE)).isTrue();
        policies.remove("io.jobyard.secrets~c");
        assertThat(allows(USE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "types   | call_api | secrets is missing: name those it is for, such as secrets = openai,mail_*",
                "secrets | ''       | secrets is empty: name some, with * for any characters, or leave the key out",
                "secrets | /x       | secrets = /x is refused: use names, with * for any characters, and commas between"
                        + " them: llm_*,embed",
            })
    void aPolicyThatIsRefusedAllowsNothingAndIsAFinding(String key, String value, String problem) {
        policy("p", Map.of(key, value));
        assertThat(allows(USE)).isFalse();
        assertThat(policies.findings())
                .containsExactly(new Finding(
                        "io.jobyard.secrets-p",
                        problem,
                        "mend it; until then a policy that allows nothing is in force"));
    }

    @Test
    void aKeyThatIsThereMustNameSomething() {
        for (String key : Set.of("types", "bundles", "roles")) {
            policy("p" + key, Map.of("secrets", "*", key, ""));
            policy("q" + key, Map.of("secrets", "*", key, ","));
        }
        policy("typo", Map.of("secrets", "*", "type", "embed"));
        assertThat(policies.findings()).hasSize(7);
        assertThat(allows(USE)).isFalse();
    }

    @Test
    void aPolicyThatBecomesBadKeepsWhatItAllowed() {
        policy("p", Map.of("secrets", "openai"));
        policy("p", Map.of("secrets", "openai", "typ", "embed"));
        assertThat(allows(USE)).isTrue();
        assertThat(policies.findings()).hasSize(1);
    }

    @Test
    void aPolicyThatIsRemovedIsGoneWithItsLastGoodValues(@TempDir Path instance) {
        Function<String, LastGood> kept = pid -> LastGood.of(new FakeInstance(instance), pid);
        new SecretPolicies(kept).update("io.jobyard.secrets~p", raw("p", Map.of("secrets", "openai")));

        SecretPolicies restarted = new SecretPolicies(kept);
        restarted.update("io.jobyard.secrets~p", raw("p", Map.of("secrets", "")));
        assertThatCode(() -> restarted.require(USE)).doesNotThrowAnyException();

        restarted.remove("io.jobyard.secrets~p");
        restarted.update("io.jobyard.secrets~p", raw("p", Map.of("secrets", "")));
        assertThatThrownBy(() -> restarted.require(USE)).isInstanceOf(RetryableException.class);
    }

    @Test
    void aPolicyWithoutAGoodNameAllowsNothing() {
        policy("a b", Map.of("secrets", "*"));
        assertThat(allows(USE)).isFalse();
        assertThat(policies.findings()).hasSize(1);
    }

    private void policy(String name, Map<String, String> keys) {
        policies.update("io.jobyard.secrets~" + name, raw(name, keys));
    }

    private static Map<String, Object> raw(String name, Map<String, String> keys) {
        Map<String, Object> raw = new HashMap<>(keys);
        raw.put("service.pid", "io.jobyard.secrets~" + name);
        return raw;
    }

    private boolean allows(SecretUse use) {
        try {
            policies.require(use);
            return true;
        } catch (RetryableException e) {
            return false;
        }
    }
}
