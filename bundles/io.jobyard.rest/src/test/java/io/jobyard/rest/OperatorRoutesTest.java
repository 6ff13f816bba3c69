// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.rest.RestServer.Answered;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.access.TokenScope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users, tokens, sessions, limits, queues and hosts, as operators change them. */
class OperatorRoutesTest {

    private static RestFixture host;

    @BeforeAll
    static void begin() {
        host = new RestFixture();
    }

    @AfterAll
    static void end() {
        host.close();
    }

    @BeforeEach
    void asAnn() {
        host.server.as(Caller.user("ann"));
    }

    private static String detail(Answered answer) {
        String message = answer.json().get("message").toString();
        return answer.status() + " " + message
                + (message.contains("refused") ? "" : "; " + answer.json().get("fix"));
    }

    @Test
    void aSecretIsToldOnceAndATokenIsGoodForNinetyDaysIfNothingIsSaid() {
        Answered made = host.server.post("/tokens", "{\"name\": \"once\"}");
        assertThat(made.status()).isEqualTo(201);
        String secret = String.valueOf(made.json().get("secret"));
        assertThat(secret).hasSizeGreaterThan(40);
        Map<?, ?> token = (Map<?, ?>) made.json().get("token");
        assertThat(token.get("user")).isEqualTo("ann");
        assertThat(token.get("expiresAt")).isEqualTo("2030-04-01T00:00:00.000000Z");
        assertThat(host.server.get("/tokens").http().body())
                .contains("\"once\"")
                .doesNotContain(secret);
        assertThat(detail(host.server.post("/tokens", "{\"name\": \"once\"}")))
                .startsWith("409 user ann already has, or had");
        assertThat(host.server
                        .post("/tokens", "{\"name\": \"always\", \"expires\": \"never\"}")
                        .json()
                        .get("token"))
                .hasFieldOrPropertyWithValue("expiresAt", null);
    }

    @Test
    void aTokenThatCannotBeIsRefusedInOneLine() {
        assertThat(detail(host.server.post("/tokens", "{\"name\": \"a\", \"permissions\": [\"submitt\"]}")))
                .startsWith("400 invalid permissions = 'submitt'; use some of submit");
        assertThat(detail(host.server.post("/tokens", "{\"name\": \"a\", \"permissions\": []}")))
                .startsWith("400 missing permissions: a token needs at least one");
        assertThat(detail(host.server.post("/tokens", "{\"name\": \"a\", \"expires\": \"soon\"}")))
                .startsWith("400 invalid expires");
        assertThat(detail(host.server.post("/tokens", "{\"name\": \"a\", \"user\": \"nobody\"}")))
                .startsWith("400 unknown user nobody");
        host.server.as(Caller.administrator("root"));
        assertThat(detail(host.server.post("/tokens", "{\"name\": \"a\"}"))).endsWith("give user");
    }

    @Test
    void aTokenMakesNoneThatIsGoodForMore() {
        host.identities.addToken("ann", "small", Set.of(Permission.VIEW));
        host.server.as(Caller.user("ann").by(new TokenScope("small", Set.of(Permission.VIEW))));
        assertThat(detail(host.server.post("/tokens", "{\"name\": \"b\", \"permissions\": [\"submit\"]}")))
                .startsWith("400 token small of ann does not include permission submit");
        Map<?, ?> made = (Map<?, ?>)
                host.server.post("/tokens", "{\"name\": \"b\"}").json().get("token");
        assertThat(made.get("permissions")).isEqualTo(List.of("view"));
    }

    @Test
    void aRevokedTokenStaysInTheListAndIsRevokedOnce() {
        host.identities.addToken("ann", "old");
        assertThat(host.server.send("DELETE", "/tokens/ann/old", null).status()).isEqualTo(200);
        assertThat(detail(host.server.send("DELETE", "/tokens/ann/old", null)))
                .isEqualTo("400 token not found: user ann has no valid token old; see the list of tokens");
        assertThat(host.server.get("/tokens?user=ann").http().body()).contains("\"old\"", "\"revokedAt\":\"2030");
    }

    @Test
    void nobodySeesSessionsOfOthersWithoutThePermission() {
        String own = host.identities.addSession("ann", 71);
        String others = host.identities.addSession("bea", 72);
        host.server.as(Caller.user("ann").by(new TokenScope("small", Set.of(Permission.VIEW))));
        assertThat(host.server.get("/sessions").http().body()).contains(own).doesNotContain(others);
        assertThat(detail(host.server.send("DELETE", "/sessions/" + others, null)))
                .startsWith("400 session not found: " + others);
    }

    @Test
    void aPasswordIsInNoAnswer() {
        Answered added = host.server.post("/users", "{\"name\": \"cat\", \"password\": \"four words of mine\"}");
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.http().body()).doesNotContain("four");
        assertThat(detail(host.server.post("/users", "{\"name\": \"dan\", \"password\": \"short\"}")))
                .startsWith("400 invalid password: it has 5 characters; use 12 to 200")
                .doesNotContain("short,");
        assertThat(detail(host.server.post("/users", "{\"name\": \"cat\", \"password\": \"four words of mine\"}")))
                .isEqualTo("409 user already exists: cat; choose another name, or set another password");
    }

    @Test
    void aKeyOfALimitIsSetAndTakenAway() {
        host.server.send(
                "PATCH", "/limits/models", "{\"settings\": {\"running.max\": \"2\", \"rate.tokens\": \"9/m\"}}");
        host.server.send("PATCH", "/limits/models", "{\"settings\": {\"running.max\": null}}");
        assertThat(host.server.get("/limits").http().body())
                .contains("\"models\"", "\"runningMax\":null", "\"tokens\"", "\"source\":\"stored\"");
        assertThat(detail(host.server.send("PATCH", "/limits/models", "{\"settings\": {\"runing.max\": \"2\"}}")))
                .startsWith("400 ")
                .contains("running.max");
        assertThat(detail(host.server.send("PATCH", "/limits/models", "{\"settings\": {\"rate.tokens\": null}}")))
                .startsWith("400 limit models would have no keys");
        assertThat(host.server.send("DELETE", "/limits/models", null).status()).isEqualTo(200);
        assertThat(host.server.send("DELETE", "/limits/models", null).status()).isEqualTo(409);
    }

    @Test
    void ofSeveralRefusedSettingsEachIsTold() {
        Answered refused = host.server.send(
                "PATCH", "/limits/many", "{\"settings\": {\"runing.max\": \"2\", \"rate.tokens\": \"5\"}}");
        assertThat(detail(refused)).contains("400 invalid rate.tokens", "; unknown key runing.max");
        assertThat((List<?>) refused.json().get("errors"))
                .extracting(error -> ((Map<?, ?>) error).get("field"))
                .isEqualTo(List.of("rate.tokens", "runing.max"));
        Answered one = host.server.send("PATCH", "/limits/many", "{\"settings\": {\"running.max\": \"none\"}}");
        assertThat(one.json()).containsEntry("field", "running.max");
    }

    @Test
    void aHostDrainsUntilThatIsEnded() {
        assertThat(host.server.post("/hosts/test/drain", null).json()).containsEntry("draining", true);
        host.server.post("/hosts/test/end-drain", null);
        assertThat(host.server.post("/hosts/test/end-drain", null).status()).isEqualTo(409);
        assertThat(detail(host.server.post("/hosts/nowhere/drain", null))).startsWith("400 unknown host nowhere");
    }

    @Test
    void aDryRunStoresNoScheduleAndRefusesWhatAddingWouldRefuse() {
        String times = "\"zone\": \"Europe/Berlin\", \"job\": {\"type\": \"echo\", \"payload\": {\"text\": \"x\"}}}";
        Answered dry = host.server.post(
                "/schedules/preview", "{\"name\": \"dry\", \"limit\": 2, \"cron\": \"30 2 * * *\", " + times);
        assertThat(dry.http().body()).contains("2030-01-01T02:30:00+01:00", "2030-01-02T02:30:00+01:00");
        assertThat(host.server.get("/schedules/dry").status()).isEqualTo(404);
        assertThat(detail(host.server.post(
                        "/schedules/preview", "{\"name\": \"dry\", \"cron\": \"30 25 * * *\", " + times)))
                .startsWith("400 invalid cron '30 25 * * *'");
        host.server.post("/schedules", "{\"name\": \"dry\", \"cron\": \"30 2 * * *\", " + times);
        assertThat(host.server
                        .post("/schedules/dry/preview", "{\"cron\": \"0 9 * * *\", \"limit\": 1}")
                        .http()
                        .body())
                .contains("2030-01-01T09:00:00+01:00");
        assertThat(host.server.get("/schedules/dry").http().body()).contains("30 2 * * *");
    }
}
