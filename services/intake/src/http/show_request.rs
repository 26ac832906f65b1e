//! Shows one request.

use axum::{Json, extract::State};
use redress_domain::RequestId;
use redress_runtime::http::{Admitted, Params, Problem};

use super::{
    Front, OneRequest,
    shown::{Candidate, Shown, Sight, To},
};
use crate::{door::FrontDoor, state::Request};

/// Shows one request: to the tenant's people how it is done, to others how it stands.
#[utoipa::path(
    get,
    path = "/v1/tenants/{tenant}/requests/{request}",
    tag = "requests",
    params(("tenant" = String, Path), ("request" = String, Path)),
    responses((status = 200, body = Shown))
)]
pub(super) async fn show_request(
    State(front): Front,
    admitted: Admitted,
    Params(path): OneRequest,
) -> Result<Json<Shown>, Problem> {
    let id = path.request;
    let request = front.get(&admitted, id).await?;
    let to = To::role(admitted.who.role);
    let candidates = candidates(&front, &admitted, id, &request, to).await;
    let waiting = if request.life.is_closed() { Vec::new() } else { front.waiting(id).await? };
    Ok(Json(Shown::new(id, &request, to, Sight { candidates, waiting }, front.now())))
}

/// The candidates that nobody has decided on; what is in them only for those who decide.
async fn candidates(
    front: &FrontDoor,
    admitted: &Admitted,
    id: RequestId,
    request: &Request,
    to: To,
) -> Vec<Candidate> {
    let mut shown = Vec::new();
    for candidate in request.kept.inventory.iter().flat_map(|inventory| &inventory.candidates) {
        let preview = match to {
            To::Decider => front.preview(admitted.tenant(), id, candidate).await,
            To::Keeper | To::Outsider => None,
        };
        shown.push(Candidate::new(candidate, preview));
    }
    shown
}
