// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.store.postgres.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.Rule;
import org.junit.Test;

/** An operation gives the same result, error and audit entry in every interface. The cases are made from the declarations. */
public class SameAnswersIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CASES = 200;

    /** Tools of operations. */
    private static final Map<String, String> TOOLS = Map.of(
            "listJobs", "jobyard_list_jobs",
            "getResult", "jobyard_job_result",
            "getHistory", "jobyard_job_history",
            "explainJob", "jobyard_explain_job",
            "cancelJob", "jobyard_cancel_job",
            "retryJob", "jobyard_retry_job");

    private static final String IN_ANSWER = "a preview answers with the errors that a submit would be refused for";

    /** Differences, by interface and case, with the reason. */
    private static final Map<String, String> DIFFERENCES = Map.of(
            "http previewJob: maxRetries too high", IN_ANSWER,
            "http previewJob: maxRetries too low", IN_ANSWER,
            "http previewJob: priority too low", IN_ANSWER);

    @Rule
    public final HostProcess host = new HostProcess();

    private final Map<String, String> wrong = new TreeMap<>();
    private final Map<String, OperationLine> lines = OperationLine.all();
    private int typed;

    public SameAnswersIT() throws IOException {
        // the lines are read from a file
    }

    @Test
    public void anOperationGivesTheSameAnswerInEveryInterface() throws Exception {
        AnswerHost answers = start();
        Map<String, Map<String, Object>> valid = valid();
        List<AnswerCase> cases = new ArrayList<>();
        for (DeclaredOperation operation : DeclaredOperation.all(answers.get("/openapi.json"))) {
            Map<String, Object> inputs = valid.get(operation.name());
            cases.addAll(AnswerCase.of(operation, inputs == null ? Map.of() : inputs).stream()
                    .filter(each -> inputs != null || each.isRefusedFor(operation))
                    .toList());
        }
        assertThat(cases).hasSizeGreaterThanOrEqualTo(CASES);
        assertThat(valid.keySet())
                .isSubsetOf(cases.stream().map(each -> each.operation().name()).toList());
        for (AnswerCase each : cases) {
            compare(answers, each);
        }
        assertThat(typed).as("cases as commands").isGreaterThan(lines.size());
        assertThat(wrong.entrySet())
                .as("differences without a known reason in %d cases", cases.size())
                .allMatch(difference -> DIFFERENCES.containsKey(difference.getKey()));
        assertThat(wrong.keySet()).as("differences that exist").containsAll(DIFFERENCES.keySet());
    }

    private void compare(AnswerHost answers, AnswerCase each) throws Exception {
        Map<String, Object> ofHttp = answers.filled(each.inputs());
        int before = answers.audited(0).size();
        InterfaceAnswer expected = answers.http(each.operation(), ofHttp);
        List<String> audited = answers.audited(before);
        if (!each.field().isEmpty()) {
            expected.wrongFor(each.field()).ifPresent(text -> wrong.put("http " + each, text));
        } else if (each.label().equals("valid") && !expected.code().isEmpty() && !each.mayFail()) {
            wrong.put("http " + each, expected.toString());
        }
        String tool = TOOLS.get(each.operation().name());
        if (tool != null) {
            Map<String, Object> inputs = answers.filled(each.inputs());
            compare(answers, "mcp " + each, expected, audited, () -> answers.tool(tool, inputs));
        }
        OperationLine line = lines.get(each.operation().name());
        if (line == null) {
            return;
        }
        String shell = line.line(each, answers.filled(each.inputs()));
        if (shell != null) {
            typed++;
            compare(answers, "shell " + each, expected, audited, () -> line.named(each, answers.shell(shell)));
            String remote = line.line(each, answers.filled(each.inputs()));
            compare(answers, "url " + each, expected, audited, () -> line.named(each, answers.remote(remote)));
        }
    }

    private interface Call {
        InterfaceAnswer answer() throws Exception;
    }

    private void compare(AnswerHost answers, String name, InterfaceAnswer expected, List<String> audited, Call call)
            throws Exception {
        int before = answers.audited(0).size();
        InterfaceAnswer answer = call.answer();
        if (!answer.equals(expected)) {
            wrong.put(name, answer + " instead of " + expected);
        } else if (!answers.audited(before).equals(audited)) {
            wrong.put(name, "audit " + answers.audited(before) + " instead of " + audited);
        }
    }

    private AnswerHost start() throws Exception {
        int port = FreePort.next();
        host.configure("io.jobyard.http", "port = " + port);
        host.configure(
                "io.jobyard.roles-same",
                "members = user:same",
                "permissions = admin, operate, submit, view, cancel, retry, signal, impersonate");
        host.run();
        Path password = Files.writeString(host.instance().resolve("password"), "correct horse battery staple\n");
        assertThat(host.jobyard(password, "user", "add", "same").exit()).isZero();
        return new AnswerHost(
                host,
                port,
                host.json("job:token create same --user same").get("secret").asText());
    }

    private static Map<String, Map<String, Object>> valid() throws Exception {
        Map<String, Map<String, Object>> valid = new HashMap<>();
        try (InputStream file = SameAnswersIT.class.getResourceAsStream("/same-answers.txt")) {
            for (String line : new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(each -> !each.startsWith("#"))
                    .toList()) {
                String[] parts = line.split(" ", 2);
                valid.put(parts[0], JSON.readValue(parts[1], new TypeReference<>() {}));
            }
        }
        return valid;
    }
}
