// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** With immediate execution, and on PostgreSQL what its manual advises for high throughput: lock and fetch, 1.0 to 4.0. */
final class DbSchedulerRival implements Rival {

    private static final TaskDescriptor<String> TASK = TaskDescriptor.of("bench", String.class);

    private final DataSource database;
    private final Scheduler scheduler;

    DbSchedulerRival(DataSource database, Consumer<String> handler) throws Exception {
        this.database = database;
        boolean postgres = Sql.product(database).equals("PostgreSQL");
        Sql.runScript(database, DbSchedulerRival.class, postgres ? "db-scheduler-postgresql.sql" : "db-scheduler.sql");
        OneTimeTask<String> task =
                Tasks.oneTime(TASK).execute((instance, context) -> handler.accept(instance.getData()));
        SchedulerBuilder builder =
                Scheduler.create(database, task).threads(WORKERS).enableImmediateExecution();
        scheduler = (postgres ? builder.pollUsingLockAndFetch(1.0, 4.0) : builder).build();
    }

    @Override
    public void submit(String payload) {
        scheduler.schedule(instance(payload), Instant.now());
    }

    @Override
    public void submitAll(List<String> payloads) {
        Stream<TaskInstance<?>> instances = payloads.stream().map(DbSchedulerRival::instance);
        scheduler.scheduleBatch(instances, Instant.now());
    }

    private static TaskInstance<String> instance(String payload) {
        return TASK.instance(UUID.randomUUID().toString()).data(payload).build();
    }

    @Override
    public void start() {
        scheduler.start();
    }

    @Override
    public void pause() {
        scheduler.pause();
    }

    @Override
    public void resume() {
        scheduler.resume();
    }

    /** It removes the row of what is done. */
    @Override
    public boolean completed(long count) throws Exception {
        return Sql.number(database, "SELECT COUNT(*) FROM scheduled_tasks") == 0;
    }

    @Override
    public void close() {
        scheduler.stop();
    }
}
