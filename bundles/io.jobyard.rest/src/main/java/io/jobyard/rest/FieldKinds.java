// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What kind of value each plain field of the views has: a field of a name says the same in every view but for a few. A test
 * holds all answers against it, and names fields that are not here.
 */
final class FieldKinds {

    private static final Map<String, Map<String, Object>> KINDS = new HashMap<>();

    static {
        all(
                type("string"),
                "id, type, status, queue, submitter, schedule, error, group, endsGroup, key, ifDependencyFails, handlerVersion,"
                        + " host, text, madeFor, begunWith, from, to, who, why, bundle, stack, reason, cursor, name, kind, by, step, subject,"
                        + " problem, fix, title, detail, code, field, message, token, behind, state, file, servesOn, source, rate,"
                        + " unit, zone, cron, every, delay, missed, overlap, owner, local, skipped, description, lastJob, action, target,"
                        + " incarnation, version, endJob, duplicateOf, stoppedBy, refusal, gate, job, model, next, key.limit, since.sum"
                        + " of usage, next.schedule, doing, user, createdBy, secret, address,"
                        + " versions, session");
        all(
                time(),
                "fireAt, createdAt, startedAt, completedAt, keyUntil, notBefore, expires, deadline, changedAt, at, endedAt, until,"
                        + " lookedBackTo, asOf, since, askedAt, reached, startsAt, earliestStart, retryAt, next.schedule, last, start, end, backfilledTo,"
                        + " leaseUntil, fullAt, expiresAt, usedAt, revokedAt, passwordAt, disabledAt,"
                        + " rolledBackAt");
        all(
                type("integer"),
                "priority, run, attempt, maxRetries, done, total, number, characters, droppedAfter, position, jobs.bulk"
                        + " preview, refused, running, queued, runningMax, room, overlaps, times, count, runs.sum of usage, status.problem,"
                        + " valueCount, slots, ended, failed.runs, distance, notShown");
        all(
                type("number"),
                "timeoutSeconds, executionTimeSeconds, tookSeconds, oldestReadySeconds, graceSeconds, jitterSeconds, p50Seconds,"
                        + " p95Seconds, p99Seconds, maxSeconds, oneMinute, fiveMinutes, fifteenMinutes, amount, estimate.sum of usage,"
                        + " remaining, burst, warningPercent, percent, failedPercent, windowSeconds");
        all(
                type("boolean"),
                "more, duplicate, replaced, replaces, valid, all, finished, leader, draining, warningPassed, hidden,"
                        + " timedOut, submittable");
        all(
                list(),
                "dependencies, children, limits, warnings, ids, errors.preview, types, permissions, roles, jobs.pulse, waitsFor,"
                        + " status.filter, reason.filter, type.filter, queue.filter, submitter.filter");
        all(
                type("object"),
                "payload, labels, estimate, used, result.job, result.result, dependencyPolicies, schema, byStatus, byReason, byType,"
                        + " byQueue, bySubmitter, bySchedule, byPriority, queuedByPriority, group.sum of usage, migrated");
        all(Map.of(), "value");
    }

    private FieldKinds() {}

    private static void all(Map<String, Object> kind, String names) {
        for (String name : names.split(",")) {
            KINDS.put(name.strip(), kind);
        }
    }

    private static Map<String, Object> type(String name) {
        return Map.of("type", List.of(name, "null"));
    }

    private static Map<String, Object> time() {
        return Map.of("type", List.of("string", "null"), "format", "date-time");
    }

    private static Map<String, Object> list() {
        return Map.of("type", List.of("array", "null"), "items", Map.of("type", "string"));
    }

    /** The kind of a field of a view; null if nobody has said it. */
    static @Nullable Map<String, Object> of(String view, String field) {
        return KINDS.getOrDefault(field + "." + view, KINDS.get(field));
    }
}
