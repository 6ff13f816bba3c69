// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.jobs.Routing;
import io.jobyard.spi.store.InboxEntry;
import io.jobyard.spi.store.SubmissionInbox;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.StoreConformance;
import io.jobyard.testkit.store.StoreUnderTest;
import io.jobyard.testkit.store.SubmissionConformance;
import java.time.Clock;
import java.util.UUID;
import java.util.stream.Stream;

class InMemoryStoreTest extends StoreConformance implements SubmissionConformance {

    private long submitted;

    @Override
    public SubmissionInbox submissions() {
        return inbox();
    }

    private InMemorySubmissions inbox() {
        return ((InMemory) under()).repository.submissions(Clock.systemUTC());
    }

    @Override
    public void submitFromSql() {
        inbox().submit(new InboxEntry(++submitted, Draft.id(), "shop", "{\"type\": \"echo\", \"payload\": {}}"));
    }

    @Override
    protected StoreUnderTest open() {
        return new InMemory();
    }

    private static final class InMemory implements StoreUnderTest {

        private InMemoryStore repository = new InMemoryStore(UUID.randomUUID(), "test:1");

        @Override
        public <T> T service(Class<T> role) {
            return Stream.of(
                            repository,
                            repository.work(),
                            repository.identities(),
                            repository.bulks(),
                            repository.followers(),
                            repository.requests(),
                            repository.schedules(),
                            repository.usage(),
                            repository.samples())
                    .filter(role::isInstance)
                    .map(role::cast)
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void ask(Routing routing) {
            repository.ask(routing);
        }

        @Override
        public void listen(CommitListener listener) {
            repository.listen(listener);
        }

        @Override
        public void restart() {
            repository = repository.restart(UUID.randomUUID(), "test:2");
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
