//! Free ports on loopback that stay ours, also while the server that listens there is down.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::Context;
use tokio::net::TcpSocket;

/// A port of 127.0.0.1 that nobody else is given while this value lives.
pub struct Port {
    number: u16,
    /// Bound and never listening: the kernel gives the number to no other program and to no outgoing
    /// connection, while our server, which sets `SO_REUSEADDR` like this socket, may listen on it.
    _bound: TcpSocket,
}

impl Port {
    /// Takes a free port.
    ///
    /// # Errors
    /// When there is none.
    pub fn reserve() -> anyhow::Result<Self> {
        let socket = TcpSocket::new_v4().context("cannot make a socket")?;
        socket.bind((Ipv4Addr::LOCALHOST, 0).into()).context("no free port on 127.0.0.1")?;
        let number = socket.local_addr()?.port();
        socket.set_reuseaddr(true)?;
        Ok(Self { number, _bound: socket })
    }

    /// Gives its number.
    pub fn number(&self) -> u16 {
        self.number
    }

    /// Gives the address to connect to.
    pub(super) fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.number).into()
    }
}
