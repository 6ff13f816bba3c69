// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Threads that have called {@code System.exit}, each with its calling method. Such a thread stays in the call while the process ends. A
 * regular stop of the framework makes no such call.
 *
 * @param callers calling methods by thread, without threads of signals and of bundle starts
 * @param signalled whether a signal ends the process
 */
record ExitCalls(Map<Thread, String> callers, boolean signalled) {

    /** Prefix of the threads that start bundles of jars. An exit there belongs to no job, so runs are drained. */
    private static final String DEPLOY = "jobyard-deploy-";

    private static final String SIGNAL = "jdk.internal.misc.Signal$1";

    /** Returns the exit calls of this process at this moment. Java lists no virtual threads, so the runs name theirs. */
    static ExitCalls now(List<Run> runs) {
        Map<Thread, StackTraceElement[]> stacks = new HashMap<>(Thread.getAllStackTraces());
        runs.stream()
                .map(Run::thread)
                .filter(Objects::nonNull)
                .forEach(thread -> stacks.computeIfAbsent(thread, Thread::getStackTrace));
        return of(stacks);
    }

    static ExitCalls of(Map<Thread, StackTraceElement[]> stacks) {
        Map<Thread, String> callers = new HashMap<>();
        boolean signalled = false;
        for (Map.Entry<Thread, StackTraceElement[]> stack : stacks.entrySet()) {
            boolean bySignal = isIn(stack.getValue(), SIGNAL, "run");
            boolean isNoJob = bySignal || stack.getKey().getName().startsWith(DEPLOY);
            String caller = isNoJob ? null : caller(stack.getValue());
            signalled |= bySignal && isIn(stack.getValue(), "java.lang.Shutdown", "exit");
            if (caller != null) {
                callers.put(stack.getKey(), caller);
            }
        }
        return new ExitCalls(callers, signalled);
    }

    private static boolean isIn(StackTraceElement[] stack, String type, String method) {
        return Stream.of(stack)
                .anyMatch(frame -> frame.getClassName().equals(type)
                        && frame.getMethodName().equals(method));
    }

    /** Returns the calling method; null if the thread is not in such a call. */
    private static @Nullable String caller(StackTraceElement[] innermostFirst) {
        boolean inExit = false;
        for (StackTraceElement frame : innermostFirst) {
            boolean isRuntime = frame.getClassName().equals("java.lang.Runtime");
            if (inExit && !isRuntime && !frame.getClassName().equals("java.lang.System")) {
                return frame.getClassName() + "." + frame.getMethodName();
            }
            inExit |= isRuntime && frame.getMethodName().equals("exit");
        }
        return inExit ? "unknown" : null;
    }

    /** Returns the method in which the thread called exit; null if it did not. */
    @Nullable
    String by(@Nullable Thread thread) {
        return thread == null ? null : callers.get(thread);
    }

    /** Returns whether unexpected exit calls end the process, and none comes from these runs. */
    boolean areByOthers(Stream<Run> runs) {
        Set<Thread> threads = callers.keySet();
        return !signalled
                && !threads.isEmpty()
                && runs.map(Run::thread).filter(Objects::nonNull).noneMatch(threads::contains);
    }

    @Override
    public String toString() {
        return callers.entrySet().stream()
                .map(call -> call.getValue() + " in thread " + call.getKey().getName())
                .sorted()
                .reduce((one, other) -> one + ", " + other)
                .orElse("nobody");
    }
}
