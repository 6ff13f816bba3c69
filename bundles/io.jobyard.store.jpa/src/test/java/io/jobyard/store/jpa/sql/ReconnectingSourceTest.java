// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.junit.jupiter.api.Test;

class ReconnectingSourceTest {

    @Test
    void aConnectMayTakeLongerThanThoseWaitWhoWantAConnection() throws SQLException {
        EmbeddedDataSource database = new EmbeddedDataSource();
        database.setLoginTimeout(30);

        new ReconnectingSource(database).setLoginTimeout(1);

        assertThat(database.getLoginTimeout()).isEqualTo(30);
    }
}
