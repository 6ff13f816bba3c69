// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.Finding;
import io.jobyard.spi.text.StackLines;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Doctor's findings about runs that ignore their interrupt, and about asynchronous handlers that block. */
final class ThreadFindings {

    /** Classes of the host that call handlers. */
    private static final Set<String> CALLERS =
            Set.of(StagedHandler.class.getName(), InterceptorChain.class.getName(), JobExecutor.class.getName());

    private ThreadFindings() {}

    static List<Finding> of(WorkerPool pool, Handlers handlers) {
        Map<String, List<Run>> blocked =
                pool.blockedRuns().stream().collect(Collectors.groupingBy(run -> String.valueOf(run.handler())));
        return Stream.of(
                        pool.stuckRuns().stream().map(ThreadFindings::stuck),
                        blocked.entrySet().stream().map(each -> blocking(each.getKey(), each.getValue())),
                        withoutVirtualThreads(handlers))
                .flatMap(each -> each)
                .toList();
    }

    /** Returns a note if handlers declare virtual threads, and this Java has none. */
    private static Stream<Finding> withoutVirtualThreads(Handlers handlers) {
        String types = handlers.all()
                .filter(handler -> handler.runTerms.isVirtual() && handler.thread() != RunThread.VIRTUAL)
                .map(handler -> handler.type)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return types.isEmpty()
                ? Stream.empty()
                : Stream.of(Finding.note(
                        Finding.WORKER,
                        "handlers of " + types + " declare virtual threads, and Java "
                                + Runtime.version().feature() + " has none: their runs use platform threads",
                        "run the host on Java 21 or later"));
    }

    static Finding stuck(Run run) {
        Thread thread = run.thread();
        String since = " since " + run.endingAt() + ", handler " + run.handler();
        return thread == null
                ? new Finding(
                        Finding.WORKER,
                        "the stage of job " + run.id() + " does not complete" + since,
                        "its handler ignores the cancellation of its stage: fix it, and restart the host to stop the"
                                + " work")
                : new Finding(
                        Finding.WORKER,
                        "thread " + thread.getName() + " is stuck in job " + run.id() + since + ", at " + stack(thread),
                        "its handler ignores interrupts: fix it, and restart the host to stop the thread");
    }

    private static Finding blocking(String handler, List<Run> runs) {
        Run first = runs.get(0);
        Thread thread = first.thread();
        return new Finding(
                Finding.WORKER,
                "asynchronous handler " + handler + " blocks " + runs.size()
                        + " of the threads that begin runs, in job "
                        + first.id() + " since " + first.startedAt()
                        + (thread == null ? "" : ", at " + stack(thread)),
                "return the stage without waiting, declare thread = VIRTUAL, or write a JobHandler; the host replaces at most "
                        + SlotThreads.MOST_REPLACED + " blocked threads");
    }

    /** Returns the frames of the handler's code and its callees. */
    private static String stack(Thread thread) {
        return StackLines.inOneLine(
                Stream.of(thread.getStackTrace()).takeWhile(frame -> !CALLERS.contains(frame.getClassName())));
    }
}
