// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.api.Finding;
import io.jobyard.api.HistoryEvent;
import io.jobyard.spi.JobManagers;
import io.jobyard.spi.StatusReporters;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.store.StoreMaintenance;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Readiness check: the host is ready if its store is open and valid and its engine is available. Otherwise the answer is
 * the reason, in one line.
 */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect(WebContext.SELECT)
@HttpWhiteboardServletPattern(WebPaths.READY)
public final class ReadyServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Caller HOST = Caller.administrator(HistoryEvent.HOST);

    /** Maximum number of concurrent checks. A store that does not answer must not block the threads reserved for {@code /livez}. */
    private static final int MOST_LOOKS = 3;

    private final transient Semaphore looks = new Semaphore(MOST_LOOKS);
    private transient volatile @Nullable StatusReporters status;
    private transient volatile @Nullable JobManagers jobs;
    private transient volatile @Nullable StoreMaintenance store;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindStatus(StatusReporters bound) {
        status = bound;
    }

    void unbindStatus(StatusReporters gone) {
        status = status == gone ? null : status;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindJobs(JobManagers bound) {
        jobs = bound;
    }

    void unbindJobs(JobManagers gone) {
        jobs = jobs == gone ? null : jobs;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindStore(StoreMaintenance bound) {
        store = bound;
    }

    void unbindStore(StoreMaintenance gone) {
        store = store == gone ? null : store;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> reason = reason();
        int code = HttpServletResponse.SC_OK;
        if (reason.isPresent()) {
            code = HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            response.setHeader("Retry-After", ProblemErrors.SOON);
        }
        TextLine.send(response, code, reason.orElse("ready"));
    }

    /** Returns why the host is not ready; empty if it is ready. */
    Optional<String> reason() {
        if (!looks.tryAcquire()) {
            return Optional.of("the host is busy: earlier readiness checks are not answered yet");
        }
        try {
            return look();
        } finally {
            looks.release();
        }
    }

    private Optional<String> look() {
        StatusReporters reporters = status;
        if (reporters == null) {
            return Optional.of("the store is not open");
        } else if (jobs == null) {
            return Optional.of("the engine is not available");
        }
        StoreMaintenance opened = store;
        Optional<String> stalled = opened == null ? Optional.empty() : stalled(opened.commits());
        if (stalled.isPresent()) {
            return stalled;
        }
        boolean isUnsound = reporters.of(HOST).doctor().stream()
                .anyMatch(finding -> finding.subject().equals(Finding.STORE) && !finding.note());
        return isUnsound ? Optional.of("the store has a problem; see the doctor") : Optional.empty();
    }

    /** Returns the problem, which names the exception without its message: anyone may read the answer. */
    private static Optional<String> stalled(StoreMaintenance.Commits commits) {
        if (commits.stalledFor().isZero()) {
            return Optional.empty();
        }
        String fault = commits.fault();
        return Optional.of(
                "the store has not committed for " + commits.stalledFor().toSeconds() + " s"
                        + (fault == null ? "" : " (" + fault + ")") + "; see the doctor");
    }
}
