// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployOrderTest {

    @TempDir
    Path directory;

    @Test
    void theFirstOneDeployedIsFirstAfterARestartToo() {
        DeployOrder order = order();
        order.keep(Set.of("zoo.jar"));
        order.keep(Set.of("zoo.jar", "ant.jar"));
        assertThat(sorted(order, "ant.jar", "zoo.jar")).containsExactly("zoo.jar", "ant.jar");
        assertThat(sorted(order(), "ant.jar", "zoo.jar")).containsExactly("zoo.jar", "ant.jar");
        assertThat(order().position("ant.jar")).isEqualTo(2);
    }

    @Test
    void thoseThatComeAtOnceAreInTheOrderOfTheirNames() {
        DeployOrder order = order();
        order.keep(Set.of("c.jar", "a.jar", "b.jar"));
        assertThat(sorted(order, "b.jar", "c.jar", "a.jar")).containsExactly("a.jar", "b.jar", "c.jar");
    }

    @Test
    void oneThatWasDeletedComesLastWhenItComesAgain() {
        DeployOrder order = order();
        order.keep(Set.of("a.jar", "b.jar"));
        order.keep(Set.of("b.jar"));
        order.keep(Set.of("a.jar", "b.jar"));
        assertThat(sorted(order(), "a.jar", "b.jar")).containsExactly("b.jar", "a.jar");
    }

    @Test
    void oneThatNeverServedComesLastWhenItIsReplaced() {
        DeployOrder order = order();
        order.keep(Set.of("a.jar", "b.jar"));
        order.renew("a.jar");
        assertThat(sorted(order, "a.jar", "b.jar")).containsExactly("b.jar", "a.jar");
        assertThat(sorted(order(), "a.jar", "b.jar")).containsExactly("b.jar", "a.jar");
    }

    private static List<String> sorted(DeployOrder order, String... names) {
        return order.sorted(List.of(names), Function.identity());
    }

    private DeployOrder order() {
        return new DeployOrder(directory.resolve("deploy.order"));
    }
}
