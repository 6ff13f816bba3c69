// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.configuration.JobRunrConfiguration.JobRunrConfigurationResult;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;

/** By job requests, which cost less than lambdas; it polls each 5 s, which is the least that it allows on SQL. */
final class JobRunrRival implements Rival {

    private static final Duration POLL = Duration.ofSeconds(5);

    private final StorageProvider storage;
    private final JobRunrConfigurationResult jobRunr;

    JobRunrRival(DataSource database, Consumer<String> handler) {
        storage = SqlStorageProviderFactory.using(database);
        jobRunr = JobRunr.configure()
                .useJobActivator(activator(new Handler(handler)))
                .useStorageProvider(storage)
                .useBackgroundJobServer(
                        BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                                .andWorkerCount(WORKERS)
                                .andPollInterval(POLL),
                        false)
                .initialize();
    }

    private static JobActivator activator(Handler handler) {
        return new JobActivator() {
            @Override
            public <T> T activateJob(Class<T> type) {
                return type.cast(handler);
            }
        };
    }

    /** What is kept of a job, as JSON. */
    public record Request(String payload) implements JobRequest {
        @Override
        public Class<Handler> getJobRequestHandler() {
            return Handler.class;
        }
    }

    /** Found by its type, and called by reflection. */
    public static final class Handler implements JobRequestHandler<Request> {

        private final Consumer<String> handler;

        Handler(Consumer<String> handler) {
            this.handler = handler;
        }

        @Override
        public void run(Request request) {
            handler.accept(request.payload());
        }
    }

    @Override
    public void submit(String payload) {
        jobRunr.getJobRequestScheduler().enqueue(new Request(payload));
    }

    @Override
    public void submitAll(List<String> payloads) {
        jobRunr.getJobRequestScheduler().enqueue(payloads.stream().map(Request::new));
    }

    @Override
    public void start() {
        jobRunr.getBackgroundJobServer().start();
    }

    @Override
    public void pause() {
        jobRunr.getBackgroundJobServer().pauseProcessing();
    }

    @Override
    public void resume() {
        jobRunr.getBackgroundJobServer().resumeProcessing();
    }

    @Override
    public boolean completed(long count) {
        return storage.countJobs(StateName.SUCCEEDED) == count;
    }

    @Override
    public void close() {
        JobRunr.destroy();
    }
}
