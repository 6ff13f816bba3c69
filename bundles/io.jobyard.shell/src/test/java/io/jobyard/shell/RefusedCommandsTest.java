// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.BulkAction;
import io.jobyard.api.BulkRequest;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.bulk.StoredBulk;
import io.jobyard.testkit.StoreContents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every command that changes jobs, schedules or the host, by a user without each permission in turn: what is refused is not done. */
class RefusedCommandsTest {

    /**
     * Words of a command; ID is a job that waits, ENDED one that was cancelled, PAUSED one that is paused, S a schedule, NR a
     * change of many jobs, and USER their owner, who has the token ci and SESSION.
     */
    private static final String COMMANDS = """
            submit echo {}
            submit echo {} --dry-run
            submit echo {} --times 3
            clone ID
            fork ENDED --from draft
            cancel ID
            cancel --type echo
            retry ENDED
            retry ENDED --json
            retry ENDED --with-dependents
            retry --type echo --status cancelled
            change ID --priority 7
            change ID --label tenant=b
            change --type echo --label tenant=b
            run-now ID
            run-now --type echo
            signal ID approved
            pause --job ID
            pause bulk
            resume --job PAUSED
            resume held
            delete --status cancelled
            limit set openai running.max=2
            limit remove old
            queue set bulk types=a*
            queue remove old
            release com.acme
            schedule add another --cron @daily --type echo
            schedule change S --every 2h
            schedule change S --type slow
            schedule pause S
            schedule run S
            schedule backfill S --from 3h
            schedule remove S
            callback of-nobody 1
            callback of-nobody --fail no
            bulk NR --stop
            purge
            purge --dry-run
            backup copy
            check
            compact
            config
            config check - --pid worker
            config log
            config rollback io.jobyard.worker --to 0000beef-3
            config rollback io.jobyard.limits-openai --to 0000beef-3
            user list
            user add cleo
            user password bea
            user disable bea
            token list
            token list --user USER
            token create deploy --user USER
            token revoke ci --user USER
            session list
            session revoke SESSION
            console
            """;

    /** Commands that only read, or whose services check the caller before they do anything, by tests of their own. */
    private static final Set<String> OTHERS = Set.of(
            "list",
            "show",
            "result",
            "history",
            "await",
            "group",
            "stats",
            "samples",
            "log",
            "stream",
            "explain",
            "queues",
            "schedules",
            "limits",
            "usage",
            "handlers",
            "canary",
            "hosts",
            "doctor",
            "drain",
            "audit",
            "export",
            "mcp",
            "help");

    /** Permissions that only others' jobs and schedules take. */
    private static final Set<Permission> OF_OTHERS = EnumSet.of(
            Permission.VIEW_ALL,
            Permission.CANCEL_ALL,
            Permission.RETRY_ALL,
            Permission.SIGNAL_ALL,
            Permission.PAYLOAD,
            Permission.OPERATE,
            Permission.IMPERSONATE);

    private EngineShell shell = new EngineShell();

    @AfterEach
    void end() {
        shell.close();
    }

    @Test
    void everyCommandIsTriedOrOnlyReads() {
        Set<String> tried = COMMANDS.lines().map(line -> line.split(" ")[0]).collect(Collectors.toSet());
        assertThat(Stream.concat(tried.stream(), OTHERS.stream()))
                .containsExactlyInAnyOrderElementsOf(
                        Commands.ALL.stream().map(CommandEntry::function).toList());
    }

    @ParameterizedTest
    @EnumSource(Permission.class)
    void whatIsRefusedIsNotDone(Permission missing) {
        Set<Permission> rest = EnumSet.allOf(Permission.class);
        rest.removeIf(other -> other == missing || other.text().equals(missing.text() + ":all"));
        List<String> refused = new ArrayList<>();
        String owner = OF_OTHERS.contains(missing) ? "bea" : "ann";
        for (String line : COMMANDS.lines().toList()) {
            if (isRefused(line, owner, rest)) {
                refused.add(line);
            }
        }
        if (missing != Permission.VIEW_ALL) { // without it, others' jobs are not found
            assertThat(refused)
                    .as("commands that are refused without %s", missing)
                    .isNotEmpty();
        }
    }

    @Test
    void whoeverMayNothingIsRefusedEveryCommandThatTakesAPermission() {
        assertThat(COMMANDS.lines().filter(line -> !isRefused(line, "ann", Set.of())))
                .containsExactly("callback of-nobody 1", "callback of-nobody --fail no", "console");
    }

    /** Whether a command is refused to ann, who has these permissions. What is refused must have changed nothing. */
    private boolean isRefused(String line, String owner, Set<Permission> permissions) {
        shell.input = line.startsWith("user") ? "correct horse battery\n" : "worker.threads = 2";
        Map<String, String> names = prepared(owner);
        List<String> words = new ArrayList<>(Arrays.stream(line.split(" "))
                .map(word -> word.equals("NR") ? bulk(owner) : names.getOrDefault(word, word))
                .toList());
        words.addAll(List.of("--as", "ann"));
        shell.access.allow(permissions.toArray(Permission[]::new));
        List<Object> before = contents();
        TestShell.Answer answer = shell.call(words);
        boolean isRefused = answer.exit() != 0 && (answer.out() + answer.err()).contains("may not");
        if (isRefused) {
            assertThat(contents())
                    .as("%s of %s with %s: %s", line, owner, permissions, answer.err())
                    .isEqualTo(before);
        }
        shell.access.allow(Permission.values());
        boolean isFilling = !isRefused && line.startsWith("schedule backfill");
        if (isFilling || !shell.store.bulks().bulks(1).isEmpty()) { // it works in the background from now on
            shell.close();
            shell = new EngineShell();
        }
        return isRefused;
    }

    @Test
    void aDrainIsRefusedBeforeItBeginsToWhoeverMayNotSeeHosts() {
        shell.access.allow(Permission.OPERATE);
        List<Object> before = StoreContents.of(shell.store);
        for (List<String> words : List.of(List.of("drain", "--as", "ann"), List.of("drain", "--end", "--as", "ann"))) {
            assertThat(shell.call(words).err()).contains("may not see the host's queues");
        }
        assertThat(StoreContents.of(shell.store)).isEqualTo(before);
    }

    @Test
    void aRetryTakesNoPermissionToSeeTheJob() {
        String ended = prepared("ann").get("ENDED");
        shell.access.allow(Permission.RETRY);
        TestShell.Answer answer = shell.call(List.of("retry", ended, "--as", "ann"));
        assertThat(answer.err()).isEmpty();
        assertThat(answer.exit()).isZero();
    }

    @Test
    void aSubmitThatAwaitsTheEndIsRefusedBeforeItIsStored() {
        shell.access.allow(Permission.SUBMIT);
        List<Object> before = StoreContents.of(shell.store);
        assertThat(shell.call(List.of("submit", "echo", "{}", "--await", "--as", "ann"))
                        .err())
                .contains("may not see");
        assertThat(StoreContents.of(shell.store)).isEqualTo(before);
    }

    /** What the words of commands stand for, all of that owner. */
    private Map<String, String> prepared(String owner) {
        JobManager jobs = shell.scheduler.of(Caller.user(owner));
        JobId waits = jobs.submit(
                        echo().notBefore(EngineShell.START.plusSeconds(3_600)).build())
                .id();
        JobId ended = jobs.submit(echo().build()).id();
        jobs.cancel(ended);
        JobId paused = jobs.submit(echo().build()).id();
        jobs.pauseJob(paused, null, null);
        if (shell.store.pauses().isEmpty()) {
            jobs.pause(PauseTarget.queue("held"), null, null);
        }
        jobs.setLimit("old", Map.of("running.max", "2"));
        jobs.setQueue("old", Map.of("types", "b*"));
        String schedule = "of-" + paused;
        shell.schedules(owner)
                .add(ScheduleSpecification.named(schedule, echo().build())
                        .every(Duration.ofHours(1))
                        .build());
        shell.identities.addToken(owner, "ci");
        String session = shell.identities.addSession(owner, 1);
        return Map.of(
                "ID",
                waits.toString(),
                "ENDED",
                ended.toString(),
                "PAUSED",
                paused.toString(),
                "S",
                schedule,
                "USER",
                owner,
                "SESSION",
                session);
    }

    /** A change of many jobs that the host, which has begun, does not know of: it stands still. Its number. */
    private String bulk(String owner) {
        BulkRequest request = new BulkRequest(BulkAction.CANCEL, JobFilter.ALL.withType("echo"), null);
        return String.valueOf(shell.store
                .bulks()
                .begin(
                        StoredBulk.asked(request, Caller.user(owner), EngineShell.START),
                        asked -> new AuditEntry(EngineShell.START, owner, "bulk", "", ""))
                .join()
                .number());
    }

    private List<Object> contents() {
        return List.of(StoreContents.of(shell.store), List.copyOf(shell.acts), List.copyOf(shell.audit.added));
    }

    private static JobSpecificationBuilder echo() {
        return JobSpecification.type("echo").payload(Map.of());
    }
}
