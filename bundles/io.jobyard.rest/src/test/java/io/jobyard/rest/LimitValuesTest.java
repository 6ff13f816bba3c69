// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.access.TokenScope;
import io.jobyard.spi.handlers.Backoff;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values of limits come from payloads and labels of jobs: whoever may not see those there sees no value anywhere. */
class LimitValuesTest {

    private final RestFixture host = new RestFixture();
    private JobId anns;

    @BeforeEach
    void begin() {
        var root = host.scheduler.of(Caller.administrator("root"));
        root.setLimit("tenants", Map.of("key", "label.tenant", "running.max", "1"));
        root.setLimit("cards", Map.of("key", "payload.text", "running.max", "1"));
        submit("ann", "acme", "4711");
        host.start();
        anns = submit("ann", "acme", "4711");
        submit("bea", "beta", "0815");
    }

    @AfterEach
    void end() {
        host.close();
    }

    private JobId submit(String user, String tenant, String card) {
        return host.jobs(user)
                .submit(JobSpecification.type("echo")
                        .payload(Map.of("text", card))
                        .label("tenant", tenant)
                        .limits("tenants", "cards")
                        .build())
                .id();
    }

    private void bea(Permission... permissions) {
        host.server.as(Caller.user("bea").by(new TokenScope("t", Set.of(permissions))));
    }

    private List<String> values() {
        return list(host.server.get("/limits").json().get("limits")).stream()
                .flatMap(limit -> list(limit.get("values")).stream())
                .map(value -> value.get("name").toString())
                .sorted()
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Object list) {
        return (List<Map<String, Object>>) list;
    }

    private String asked(String path) {
        return host.server.get(path).http().body();
    }

    @Test
    void limitsTellTheValuesOfJobsThatTheCallerMaySee() {
        bea(Permission.VIEW);
        assertThat(values()).containsExactly("cards=0815", "tenants=beta");
        assertThat(list(host.server.get("/limits").json().get("limits")))
                .extracting(limit -> limit.get("valueCount"))
                .containsExactly(2, 2);
        bea(Permission.VIEW, Permission.VIEW_ALL);
        assertThat(values()).containsExactly("cards=0815", "tenants=acme", "tenants=beta");
        bea(Permission.VIEW, Permission.VIEW_ALL, Permission.PAYLOAD);
        assertThat(values()).containsExactly("cards=0815", "cards=4711", "tenants=acme", "tenants=beta");
        hide("payload.text");
        assertThat(values()).containsExactly("cards=0815", "tenants=acme", "tenants=beta");
        host.server.as(Caller.administrator("root"));
        hide("payload");
        assertThat(values()).containsExactly("tenants=acme", "tenants=beta");
    }

    @Test
    void aJobAndWhatHoldsItTellNoValueThatIsHidden() {
        bea(Permission.VIEW, Permission.VIEW_ALL);
        for (String path : List.of(
                "/jobs/" + anns,
                "/jobs/" + anns + "/explain",
                "/jobs",
                "/jobs/ready",
                "/jobs/" + anns + "/history",
                "/jobs/" + anns + "/graph")) {
            assertThat(host.server.get(path).status()).as(path).isEqualTo(200);
            assertThat(asked(path)).as(path).doesNotContain("4711");
        }
        assertThat(asked("/jobs/" + anns)).contains("cards=(hidden)", "tenants=acme");
        assertThat(asked("/jobs/" + anns + "/explain")).contains("cards=(hidden): 1 of running.max 1 run");
        assertThat(asked("/jobs")).contains("cards=0815");
        bea(Permission.VIEW, Permission.VIEW_ALL, Permission.PAYLOAD);
        assertThat(asked("/jobs/" + anns + "/explain")).contains("cards=4711: 1 of running.max 1 run");
        hide("payload.text");
        assertThat(asked("/jobs/" + anns + "/explain")).contains("cards=(hidden)");
    }

    @Test
    void changesAndPreviewsTellNone() {
        Permission[] operator = {
            Permission.VIEW, Permission.VIEW_ALL, Permission.OPERATE, Permission.CANCEL_ALL, Permission.IMPERSONATE
        };
        bea(operator);
        String bulk = "{\"action\": \"cancel\", \"filter\": {\"submitter\": \"ann\"}}";
        assertThat(host.server.post("/bulk/preview", bulk).http().body())
                .contains("cards=(hidden)")
                .doesNotContain("4711");
        String etag = host.server.get("/jobs/" + anns).header("ETag");
        assertThat(host.server
                        .send("PATCH", "/jobs/" + anns, "{\"labels\": {\"tenant\": \"gamma\"}}", "If-Match", etag)
                        .status())
                .as("a job that is seen without its values can be changed as it was seen")
                .isEqualTo(200);
        host.server.send("PATCH", "/jobs/" + anns, "{\"limits\": [\"tenants\", \"cards\", \"gpu\"]}");
        assertThat(asked("/jobs/" + anns + "/history")).contains("gpu").doesNotContain("4711");
    }

    private void hide(String fields) {
        host.handlers.rules.put(
                "echo",
                new TypeRules(
                        TypeRules.TypeDefaults.NONE,
                        null,
                        Backoff.USUAL,
                        TypeRules.KeptDays.NONE,
                        null,
                        null,
                        HiddenFields.parse(fields),
                        false));
    }
}
