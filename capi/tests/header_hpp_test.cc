#include "vesica.hpp"

// Handles move and do not copy.
static_assert(std::is_nothrow_move_constructible_v<vesica::c::Audience>);
static_assert(!std::is_copy_constructible_v<vesica::c::Audience>);
static_assert(std::is_move_assignable_v<vesica::c::Context> && !std::is_copy_assignable_v<vesica::c::Context>);
static_assert(std::is_nothrow_move_constructible_v<vesica::c::Column>);
