// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.Finding;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.doubles.FakeInstance;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Origin;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which use of a secret a policy allows. */
class SecretPoliciesTest {

    private static final SecretUse USE = use(SecretPurpose.FIELD, null, "ann", "reports", "nightly");

    private final SecretPolicies policies = new SecretPolicies(pid -> LastGood.none());

    @Test
    void withoutAPolicyNothingIsAllowedAndTheRefusalSaysWhatToWrite() {
        assertThatThrownBy(() -> policies.require(USE))
                .isInstanceOf(RetryableException.class)
                .hasMessage(
                        "secret openai: no policy lets call_api jobs of ann (roles: nightly, reports) use it in bundle"
                                + " com.acme.api; write etc/io.jobyard.secrets-NAME.cfg with secrets = openai, types ="
                                + " call_api, bundles = com.acme.api");
        assertThatThrownBy(() -> policies.require(use(SecretPurpose.FIELD, null, "bob")))
                .hasMessageContaining("call_api jobs of bob (roles: none) use it");
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

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,              -,                        FIELD,  -,                        true",
                "-,              -,                        FIELD,  https://shop.example.com, true",
                "-,              -,                        HEADER, https://shop.example.com, false",
                "-,              -,                        SIGN,   https://shop.example.com, false",
                "sign,           https://shop.example.com, SIGN,   https://shop.example.com, true",
                "sign,           https://shop.example.com, SIGN,   https://SHOP.example.com:443/a?b, true",
                "sign,           https://shop.example.com, HEADER, https://shop.example.com, false",
                "sign,           https://shop.example.com, FIELD,  https://shop.example.com, false",
                "sign,           https://shop.example.com, SIGN,   https://evil.example.com, false",
                "sign,           https://shop.example.com, SIGN,   http://shop.example.com,  false",
                "sign,           https://shop.example.com, SIGN,   https://shop.example.com:8443, false",
                "sign,           https://shop.example.com, SIGN,   https://shop.example.com.evil.org, false",
                "sign,           https://shop.example.com, SIGN,   -,                        false",
                "'sign, header', 'https://a.org,https://*.example.com:8443', HEADER, https://b.example.com:8443, true",
                "'sign, header', 'https://a.org,https://*.example.com:8443', SIGN,   https://a.org/hooks,        true",
                "header,         https://*.example.com,    HEADER, https://example.com,      false",
                "header,         https://*.example.com,    HEADER, https://notexample.com,   false",
                "field,          https://shop.example.com, FIELD,  https://shop.example.com, true",
                "field,          https://shop.example.com, FIELD,  -,                        false",
            })
    void aPolicyAllowsItsUsesForItsOrigins(
            String uses, String origins, SecretPurpose purpose, String url, boolean allowed) {
        Map<String, String> keys = new HashMap<>(Map.of("secrets", "openai"));
        if (uses != null) {
            keys.put("uses", uses);
        }
        if (origins != null) {
            keys.put("origins", origins);
        }
        policy("p", keys);
        assertThat(policies.findings()).isEmpty();
        Origin destination = url == null ? null : Origin.of(url);
        assertThat(allows(use(purpose, destination, "ann"))).isEqualTo(allowed);
    }

    @Test
    void theRefusalOfAUseNamesItAndItsOrigin() {
        Origin shop = Origin.of("https://shop.example.com/hooks");
        assertThatThrownBy(() -> policies.require(use(SecretPurpose.SIGN, shop, "ann")))
                .hasMessage("secret openai: no policy lets call_api jobs of ann (roles: none) use it as sign for"
                        + " https://shop.example.com in bundle com.acme.api; write etc/io.jobyard.secrets-NAME.cfg with"
                        + " secrets = openai, types = call_api, bundles = com.acme.api, uses = sign, origins ="
                        + " https://shop.example.com");
        assertThatThrownBy(() -> policies.require(use(SecretPurpose.HEADER, null, "ann")))
                .hasMessageContaining("use it as header for no known origin in bundle com.acme.api");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://shop.example.com",
                "https://ann@shop.example.com",
                "https://shop.example.com@evil.org",
                "https://shop.example.com:port",
                "https:/shop.example.com",
                "//shop.example.com",
                "shop.example.com",
                "https://",
                "https://shop example.com",
                "https://evil.org\\@shop.example.com",
                ""
            })
    void whatHasNoOriginThatAllReadAlikeHasNone(String url) {
        assertThatThrownBy(() -> Origin.of(url)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "send   | https://a.org           | invalid uses: use some of sign, header, field",
                "sign   | https://a.org/          | invalid origins: invalid origin (value) (",
                "sign   | https://a.org/hooks     | invalid origins: invalid origin (value) (",
                "sign   | https://*.org           | invalid origins: invalid origin (value) (",
                "sign   | https://*.127.0.0.1     | invalid origins: invalid origin (value) (",
                "sign   | *                       | invalid origins: invalid origin (value) (",
                "sign   | https://ann:pw@a.org    | invalid origins: invalid origin (value) (",
                "header |                         | origins is missing: uses = header and uses = sign require",
            })
    void aUseOrAnOriginThatIsNoneIsRefused(String uses, String origins, String problem) {
        Map<String, String> keys = new HashMap<>(Map.of("secrets", "openai", "uses", uses));
        if (origins != null) {
            keys.put("origins", origins);
        }
        policy("p", keys);
        assertThat(policies.findings()).singleElement().asString().contains(problem);
    }

    @Test
    void aPolicyForRolesAllowsNothingToWhoHasNone() {
        policy("p", Map.of("secrets", "*", "roles", "*"));
        assertThat(allows(use(SecretPurpose.FIELD, null, "bob"))).isFalse();
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
                "types   | call_api | secrets is missing: name the secrets that the policy allows, for example secrets = openai,mail_*",
                "secrets | ''       | missing value of secrets: set a value, or omit the key",
                "secrets | /x       | invalid secrets: use names, with * for any characters, and commas between"
                        + " them: llm_*,embed",
            })
    void aPolicyThatIsRefusedAllowsNothingAndIsAFinding(String key, String value, String problem) {
        policy("p", Map.of(key, value));
        assertThat(allows(USE)).isFalse();
        assertThat(policies.findings())
                .containsExactly(new Finding(
                        "io.jobyard.secrets-p", problem, "fix it; until then a policy without secrets is in force"));
    }

    @Test
    void aKeyThatIsThereMustNameSomething() {
        for (String key : Set.of("types", "bundles", "roles", "uses", "origins")) {
            policy("p" + key, Map.of("secrets", "*", key, ""));
            policy("q" + key, Map.of("secrets", "*", key, ","));
        }
        policy("typo", Map.of("secrets", "*", "type", "embed"));
        assertThat(policies.findings()).hasSize(11);
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

    private static SecretUse use(
            SecretPurpose purpose, @Nullable Origin destination, String submitter, String... roles) {
        return new SecretUse("openai", purpose, destination, "call_api", "com.acme.api", submitter, Set.of(roles));
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
