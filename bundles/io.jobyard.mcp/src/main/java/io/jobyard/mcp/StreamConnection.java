// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.spi.access.Caller;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Client on streams. All output to the client passes through here, one line per message. */
final class StreamConnection implements ReplyChannel {

    private static final Logger LOG = LoggerFactory.getLogger(StreamConnection.class);
    private static final int MOST_CANCELLED = 1_000;

    private final McpProtocol protocol;
    private final Caller caller;
    private final OutputStream out;
    private final Set<Subscription> listening = ConcurrentHashMap.newKeySet();
    /** Ids of cancelled requests, including requests that have not begun: messages are answered concurrently. */
    private final Set<Object> cancelled = ConcurrentHashMap.newKeySet();

    private boolean ended;

    StreamConnection(McpProtocol protocol, Caller caller, OutputStream out) {
        this.protocol = protocol;
        this.caller = caller;
        this.out = out;
    }

    /** Answers a message. Blocks until the answer is complete. */
    void answer(String message) {
        try {
            RpcAnswer answer = protocol.answer(caller, message, null, this).get();
            if (answer.goesOn() != null) {
                follow(answer.goesOn());
            } else if (answer.body() != null) {
                write(answer.text());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the client has disconnected
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer that is not a protocol error", e);
        } catch (IOException e) {
            LOG.debug("A client of MCP is gone: {}", e.toString());
        }
    }

    private void follow(Subscription subscription) throws IOException, InterruptedException {
        BlockingQueue<Boolean> news = new ArrayBlockingQueue<>(1);
        subscription.onNews(() -> news.offer(true));
        if (!begins(subscription)) {
            subscription.cancel();
            return;
        }
        try {
            while (!subscription.isFinished()) {
                for (String text = subscription.poll(); text != null; text = subscription.poll()) {
                    write(text);
                }
                if (!subscription.isFinished()) {
                    news.take();
                }
            }
        } finally {
            subscription.end();
            listening.remove(subscription);
        }
    }

    private synchronized boolean begins(Subscription subscription) {
        boolean begins = !ended && (subscription.id() == null || !cancelled.remove(subscription.id()));
        if (begins) {
            listening.add(subscription);
        }
        return begins;
    }

    /** Handles the end of the client's input. */
    synchronized void end() {
        ended = true;
        listening.forEach(Subscription::end);
    }

    @Override
    public boolean carriesMore() {
        return true;
    }

    @Override
    public boolean staysOpen() {
        return true;
    }

    @Override
    public void tell(Map<String, ?> notification) {
        try {
            write(RpcAnswer.text(notification));
        } catch (IOException e) {
            LOG.debug("A client of MCP is gone: {}", e.toString());
        }
    }

    @Override
    public void heard(RpcRequest notification) {
        Object request = notification.params().get("requestId");
        if (notification.method().equals("notifications/cancelled") && request != null) {
            cancel(request);
        } else if (notification.method().equals("notifications/initialized")) {
            try {
                follow(protocol.listen(caller));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                LOG.debug("A client of MCP is gone: {}", e.toString());
            }
        }
    }

    private synchronized void cancel(Object request) {
        boolean found = false;
        for (Subscription each : listening) {
            if (request.equals(each.id())) {
                each.cancel();
                found = true;
            }
        }
        if (!found) {
            if (cancelled.size() >= MOST_CANCELLED) {
                cancelled.clear();
            }
            cancelled.add(request);
        }
    }

    private void write(String text) throws IOException {
        byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (out) {
            out.write(line);
            out.flush();
        }
    }
}
