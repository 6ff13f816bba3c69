// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.JobId;
import io.jobyard.api.JobyardException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a client that listens is told from now on. Looked at by one thread at a time; what it tells is taken by another, which is woken.
 */
final class Subscription {

    /** A client that lets so much wait has gone, or will not follow. */
    static final int MOST_WAITING = 1_000;

    static final String ID = "io.modelcontextprotocol/subscriptionId";

    /**
     * Asks what may have changed.
     *
     * @param tools all that the tools of the caller tell
     * @param task how a task stands
     */
    record Questions(Supplier<List<Object>> tools, Function<JobId, Map<String, @Nullable Object>> task) {}

    private final @Nullable Object id;
    private final ListenRequest wanted;
    private final Questions questions;
    private final Deque<Map<String, ?>> waiting = new ArrayDeque<>();
    private final Map<JobId, Map<String, @Nullable Object>> toldTasks = new HashMap<>();
    private List<Object> toldTools = List.of();
    private Runnable news = () -> {};
    private boolean ended;

    /** The id is that of the request; null of what an older client is told that asked for nothing. */
    Subscription(@Nullable Object id, ListenRequest wanted, Questions questions) {
        this.id = id;
        this.wanted = wanted;
        this.questions = questions;
    }

    /** Says first what is told, and then how things stand. */
    void begin() {
        if (id != null) {
            tell("notifications/subscriptions/acknowledged", Map.of("notifications", wanted.json()));
        }
        if (wanted.tools()) {
            toldTools = questions.tools().get();
        }
        lookAtTasks();
    }

    void lookAtTasks() {
        wanted.tasks().forEach(this::look);
    }

    void lookAtTools() {
        List<Object> now = wanted.tools() ? questions.tools().get() : toldTools;
        if (!now.equals(toldTools)) {
            toldTools = now;
            tell("notifications/tools/list_changed", Map.of());
        }
    }

    boolean isAbout(JobId job) {
        return wanted.tasks().contains(job);
    }

    /** Looks at those of its tasks that are among these jobs. */
    void lookAt(Set<JobId> jobs) {
        wanted.tasks().stream().filter(jobs::contains).forEach(this::look);
    }

    private void look(JobId job) {
        try {
            Map<String, @Nullable Object> task = questions.task().apply(job);
            if (!task.equals(toldTasks.put(job, task))) {
                tell("notifications/tasks", task);
            }
        } catch (JobyardException e) {
            toldTasks.remove(job); // it is removed, or not for this caller any more: tasks/get says which
        }
    }

    private void tell(String method, Map<String, ? extends @Nullable Object> params) {
        Map<String, @Nullable Object> all = new HashMap<>(params);
        if (id != null) {
            all.put("_meta", Map.of(ID, id));
        }
        add(RpcAnswer.notification(method, all));
    }

    private void add(Map<String, ?> message) {
        Runnable woken;
        synchronized (this) {
            if (ended) {
                return;
            }
            waiting.add(message);
            ended = waiting.size() >= MOST_WAITING;
            woken = news;
        }
        woken.run();
    }

    /** Ends it in order: the client hears so. */
    void complete() {
        if (id != null) {
            Map<String, Object> result = Map.of("resultType", "complete", "_meta", Map.of(ID, id));
            add(Map.of("jsonrpc", "2.0", "id", id, "result", result));
        }
        end();
    }

    /** Ends it without a word more than those that wait. */
    void end() {
        Runnable woken;
        synchronized (this) {
            ended = true;
            woken = news;
        }
        woken.run();
    }

    /** Ends it without a word: the client wants no more. */
    void cancel() {
        synchronized (this) {
            waiting.clear();
        }
        end();
    }

    @Nullable
    Object id() {
        return id;
    }

    /** Wakes whoever takes what it tells, for its own sake. */
    void wake() {
        Runnable woken;
        synchronized (this) {
            woken = news;
        }
        woken.run();
    }

    /** Who is woken when there is something to take, or it has ended. */
    synchronized void onNews(Runnable listener) {
        news = listener;
    }

    /** What it tells next; null if nothing waits. */
    synchronized @Nullable String poll() {
        Map<String, ?> message = waiting.poll();
        return message == null ? null : RpcAnswer.text(message);
    }

    /** Whether nothing waits and nothing more will come. */
    synchronized boolean isFinished() {
        return ended && waiting.isEmpty();
    }

    synchronized boolean hasEnded() {
        return ended;
    }
}
