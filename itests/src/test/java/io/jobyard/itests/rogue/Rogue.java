// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.rogue;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.nio.ByteBuffer;
import java.security.Provider;
import java.security.Security;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;

/** Ends in the way it is told, none of them good. */
@Component
@HandlesJob("rogue")
public final class Rogue implements JobHandler {

    @Override
    public Map<String, Object> handle(JobContext context) {
        String how = context.payload(Payload.class).how();
        switch (how) {
            case "error" -> throw new AssertionError("as it was told");
            case "linkage" -> throw new NoClassDefFoundError("com/acme/Missing");
            case "overflow" -> deeper(0);
            case "direct memory" -> ByteBuffer.allocateDirect(Integer.MAX_VALUE);
            case "evil" -> throw new Evil();
            case "heap" -> exhaustOnce(context.run());
            case "circle" -> {
                return circle();
            }
            case "no number" -> {
                return Map.of("scores", List.of(0.5, Double.NaN));
            }
            case "exit" -> System.exit(0);
            case "exit elsewhere" -> exitElsewhere();
            case "interrupt all" -> Thread.getAllStackTraces().keySet().forEach(Thread::interrupt);
            case "threads" -> {
                return Map.of("threads", threads());
            }
            case "providers" ->
                Stream.of(Security.getProviders()).map(Provider::getName).forEach(Security::removeProvider);
            case "interrupted" -> Thread.currentThread().interrupt();
            case "large result" -> {
                return Map.of("text", "x".repeat(60_000_000));
            }
            case "endless" -> {
                return new Endless();
            }
            case "large record" -> {
                return context.result(new Endless());
            }
            case "large error" -> throw new IllegalStateException("x".repeat(30_000_000));
            case "large causes" -> throw new Chatty(new IllegalStateException("y", new Chatty(null)));
            case "print" -> print(100 << 20);
            case "exit hook" -> Runtime.getRuntime().addShutdownHook(new Thread(Rogue::standStill, "hook of acme"));
            case "ten thousand threads" -> startThreads(10_000);
            case "flood" -> {
                for (int n = 0; n < 200_000; n++) {
                    context.emit("piece " + n);
                }
            }
            case "a gigabyte of log" -> {
                String line = "z".repeat(1_023);
                for (int n = 0; n < 512 << 10; n++) {
                    context.log(line);
                    System.out.println(line);
                }
            }
            case "log" -> context.log("x".repeat(30_000_000));
            default -> {
                context.log(how);
                throw new IllegalArgumentException(how);
            }
        }
        return Map.of();
    }

    /** Those of the host that are alive, each with its name and its id, which no other thread of the process has. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("jobyard-"))
                .map(thread -> thread.getName() + " " + thread.getId())
                .sorted()
                .toList();
    }

    /** Nobody interrupts a hook. */
    private static void standStill() {
        while (true) {
            LockSupport.park();
        }
    }

    /** They live for ten seconds. */
    private static void startThreads(int many) {
        for (int n = 0; n < many; n++) {
            Thread thread = new Thread(() -> LockSupport.parkNanos(10_000_000_000L), "acme " + n);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static long deeper(long depth) {
        return deeper(depth + 1) + 1;
    }

    private static void exitElsewhere() {
        Thread thread = new Thread(() -> System.exit(0), "timer of acme");
        thread.start();
        try {
            thread.join(); // for ever: the process ends first
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Map<String, Object> circle() {
        Map<String, Object> result = new HashMap<>();
        result.put("itself", result);
        return result;
    }

    private static void print(int bytes) {
        String line = "z".repeat(1_023);
        for (int printed = 0; printed < bytes; printed += 1_024) {
            System.out.println(line);
        }
    }

    private static void exhaustOnce(int run) {
        List<byte[]> hoard = new ArrayList<>();
        while (run == 1) {
            hoard.add(new byte[1 << 20]);
        }
    }

    record Payload(String how) {}

    /** A map that is never at its end. */
    private static final class Endless extends AbstractMap<String, Object> {
        @Override
        public Set<Entry<String, Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Entry<String, Object>> iterator() {
                    return Stream.iterate(0L, n -> n + 1)
                            .map(n -> Map.entry("key " + n, (Object) n))
                            .iterator();
                }

                @Override
                public int size() {
                    return Integer.MAX_VALUE;
                }
            };
        }
    }

    /** Says 30 MB about itself, each time anew. */
    private static final class Chatty extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Chatty(Throwable cause) {
            super(cause);
            addSuppressed(new IllegalStateException("z".repeat(30_000_000)));
        }

        @Override
        public String getMessage() {
            return "x".repeat(30_000_000);
        }

        @Override
        public String toString() {
            return "y".repeat(30_000_000);
        }
    }

    /** Throws itself whenever it is looked at. */
    private static final class Evil extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw this;
        }

        @Override
        public synchronized Throwable getCause() {
            throw this;
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw this;
        }

        @Override
        public String toString() {
            throw this;
        }
    }
}
