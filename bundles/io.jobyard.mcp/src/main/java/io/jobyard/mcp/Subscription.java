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

/** Notifications for a client that listens. One thread at a time looks for changes; another thread is woken to send them. */
final class Subscription {

    /** Maximum number of unsent notifications. A client above it has disconnected or is too slow. */
    static final int MOST_WAITING = 1_000;

    static final String ID = "io.modelcontextprotocol/subscriptionId";

    /**
     * Reads the state that may have changed.
     *
     * @param tools reads everything that the tools of the caller show
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

    /** Creates a subscription. The id is the id of the request; null for an older client, which subscribes without a request. */
    Subscription(@Nullable Object id, ListenRequest wanted, Questions questions) {
        this.id = id;
        this.wanted = wanted;
        this.questions = questions;
    }

    /** Sends the accepted notifications, and then the current state. */
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

    /** Checks which of the subscribed tasks among these jobs have changed. */
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
            toldTasks.remove(job); // the job was removed or is hidden from this caller: tasks/get reports which
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

    /** Ends the subscription and sends the client a final response. */
    void complete() {
        if (id != null) {
            Map<String, Object> result = Map.of("resultType", "complete", "_meta", Map.of(ID, id));
            add(Map.of("jsonrpc", "2.0", "id", id, "result", result));
        }
        end();
    }

    /** Ends the subscription after the pending messages, without a final response. */
    void end() {
        Runnable woken;
        synchronized (this) {
            ended = true;
            woken = news;
        }
        woken.run();
    }

    /** Ends the subscription without the pending messages: the client has cancelled it. */
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

    /** Wakes the sender even without news, so that it can run its own checks. */
    void wake() {
        Runnable woken;
        synchronized (this) {
            woken = news;
        }
        woken.run();
    }

    /** Sets the listener that is woken when a message is available or the subscription has ended. */
    synchronized void onNews(Runnable listener) {
        news = listener;
    }

    /** Returns the next message; null if none is pending. */
    synchronized @Nullable String poll() {
        Map<String, ?> message = waiting.poll();
        return message == null ? null : RpcAnswer.text(message);
    }

    /** Returns whether no message is pending and none will follow. */
    synchronized boolean isFinished() {
        return ended && waiting.isEmpty();
    }

    synchronized boolean hasEnded() {
        return ended;
    }
}
